import { expect, test } from 'vitest'
import { loadOnce } from './load-once.ts'

test('a part that came is not asked for again', async () => {
  let asked = 0
  const load = loadOnce(async () => ++asked)
  expect(await Promise.all([load(), load()])).toEqual([1, 1])
  expect(await load()).toBe(1)
})

test('a part that did not come is asked for again', async () => {
  let asked = 0
  const load = loadOnce(async () => {
    if (++asked === 1) throw new Error('offline')
    return 'here'
  })
  await expect(load()).rejects.toThrow('offline')
  expect(await load()).toBe('here')
})
