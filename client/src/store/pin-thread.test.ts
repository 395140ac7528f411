import { describe, expect, test } from 'vitest'
import {
  openPinThread,
  type PinQuestion,
  type PinThread,
  type PinWorker,
  withFallback,
} from './pin-thread.ts'

function workerThat(answers: (question: PinQuestion, worker: PinWorker) => void): PinWorker {
  const worker: PinWorker = {
    onmessage: null,
    onerror: null,
    postMessage: (question) => queueMicrotask(() => answers(question, worker)),
  }
  return worker
}
const say = (worker: PinWorker, data: { no: number; verifier?: string }) =>
  worker.onmessage?.(new MessageEvent('message', { data }))
const breakDown = (worker: PinWorker) => worker.onerror?.(new Event('error') as ErrorEvent)

async function openedWith(worker: PinWorker): Promise<PinThread> {
  const opening = openPinThread(worker)
  say(worker, { no: 0 })
  return opening
}

describe('the thread that makes PIN verifiers', () => {
  test('answers each question with its own verifier, in whatever order they come', async () => {
    const asked: PinQuestion[] = []
    const worker = workerThat((question) => asked.push(question))
    const thread = await openedWith(worker)
    const first = thread.pinVerifier('1111', 'aa', 'till')
    const second = thread.pinVerifier('2222', 'aa', 'till')
    await Promise.resolve()
    for (const { no, pin } of asked.toReversed()) say(worker, { no, verifier: `of ${pin}` })
    expect(await Promise.all([first, second])).toEqual(['of 1111', 'of 2222'])
  })

  test('does not open where the worker breaks instead of starting', async () => {
    const worker = workerThat(() => undefined)
    const opening = openPinThread(worker)
    breakDown(worker)
    await expect(opening).rejects.toThrow('the PIN worker broke')
  })

  test('that fails or breaks leaves the answer to the page itself', async () => {
    const page: PinThread = { pinVerifier: async (pin) => `by the page: ${pin}` }
    const failing = withFallback(
      await openedWith(workerThat(({ no }, worker) => say(worker, { no }))),
      async () => page,
    )
    expect(await failing.pinVerifier('1234', 'aa', 'till')).toBe('by the page: 1234')
    const breaking = withFallback(
      await openedWith(workerThat((_, worker) => breakDown(worker))),
      async () => page,
    )
    expect(await breaking.pinVerifier('1234', 'aa', 'till')).toBe('by the page: 1234')
    expect(await breaking.pinVerifier('5678', 'aa', 'till')).toBe('by the page: 5678')
  })
})
