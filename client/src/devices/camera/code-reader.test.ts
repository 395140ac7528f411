import { expect, test } from 'vitest'
import { type DecodeWorker, decoderIn } from './code-reader.ts'

const picture = {
  width: 1,
  height: 1,
  getContext: () => ({ getImageData: () => ({ data: { buffer: new ArrayBuffer(4) } }) }),
} as unknown as HTMLCanvasElement

/** A worker that answers what is asked of it, if it does. */
function workerForTests(answer?: object) {
  const worker: DecodeWorker = {
    onmessage: null,
    onerror: null,
    postMessage: () => {
      const data = answer
      if (data !== undefined)
        queueMicrotask(() => worker.onmessage?.call(worker as Worker, { data } as MessageEvent))
    },
    terminate: () => {
      state.terminated = true
    },
  }
  const state = { terminated: false }
  const die = () => worker.onerror?.call(worker as Worker, new Event('error') as ErrorEvent)
  return { worker, die, state, open: () => worker }
}

const SEEN = { found: [{ format: 'EAN8', text: '01234565' }] }

test('a worker answers with what it found', async () => {
  const { decode } = decoderIn(workerForTests(SEEN).open)
  expect(await decode(picture)).toEqual(SEEN.found)
})

test('a worker whose script did not load fails every picture, also where it failed before the first', async () => {
  const { open, die, state } = workerForTests()
  const { decode } = decoderIn(open)
  die()
  await expect(decode(picture)).rejects.toThrow('did not start')
  await expect(decode(picture)).rejects.toThrow('did not start')
  expect(state.terminated).toBe(true)
})

test('a worker that dies fails the picture that waits for it', async () => {
  const { open, die } = workerForTests()
  const waiting = decoderIn(open).decode(picture)
  die()
  await expect(waiting).rejects.toThrow('did not start')
})

test('a worker that a locked device kept from answering is ended, and another one reads on', async () => {
  const asleep = workerForTests()
  const workers = [asleep, workerForTests(SEEN), workerForTests(SEEN)]
  let opened = 0
  const { decode } = decoderIn(() => (workers[opened++] ?? asleep).worker, 5)
  const waiting = decode(picture)
  const { onmessage } = asleep.worker
  await expect(waiting).rejects.toThrow('no answer')
  expect(asleep.state.terminated).toBe(true)
  // What it sees is no longer in view.
  const next = decode(picture)
  onmessage?.call(asleep.worker as Worker, { data: { found: [] } } as unknown as MessageEvent)
  expect(await next).toEqual(SEEN.found)
  expect(opened).toBe(2)
})

test('where no worker ever answers, a second one is the last, and no other picture waits', async () => {
  const opened: ReturnType<typeof workerForTests>[] = []
  const { decode, close } = decoderIn(() => {
    opened.push(workerForTests())
    return (opened.at(-1) as ReturnType<typeof workerForTests>).worker
  }, 5)
  for (let i = 0; i < 4; i++) await expect(decode(picture)).rejects.toThrow('no answer')
  close()
  expect(opened.map(({ state }) => state.terminated)).toEqual([true, true])
})
