import { expect, test } from 'vitest'
import { BootError } from '../boot-error.ts'
import { isGettingReady, patiently } from './patiently.ts'

const failing = (...codes: (string | undefined)[]) => {
  let at = 0
  let calls = 0
  const step = async () => {
    const code = codes[Math.min(calls++, codes.length - 1)]
    if (code === undefined) return 'done'
    throw new BootError('not yet', { cause: Object.assign(new Error(code), { code }) })
  }
  const ports = {
    now: () => at,
    sleep: async (ms: number) => {
      at += ms
    },
  }
  return { step, ports, calls: () => calls }
}

test('a step is taken again while the database recovers or drops connections, and it is told once', async () => {
  const { step, ports, calls } = failing('57P03', 'CONNECTION_CLOSED', '57P03', undefined)
  let told = 0
  const onWaiting = () => {
    told++
  }
  await expect(patiently(step, { ...ports, onWaiting })).resolves.toBe('done')
  expect([calls(), told]).toEqual([4, 1])
})

test('patience ends with what went wrong last', async () => {
  const { step, ports, calls } = failing('57P03')
  await expect(patiently(step, { ...ports, forMs: 2000 })).rejects.toThrow('not yet')
  expect(calls()).toBe(5)
})

test('what does not pass by itself is thrown at once', async () => {
  const broken = failing('42P01')
  await expect(patiently(broken.step, broken.ports)).rejects.toThrow(BootError)
  const wrongAddress = failing('ECONNREFUSED')
  const waiting = patiently(wrongAddress.step, { ...wrongAddress.ports, isWorthWaiting: isGettingReady })
  await expect(waiting).rejects.toThrow(BootError)
  expect([broken.calls(), wrongAddress.calls()]).toEqual([1, 1])
})
