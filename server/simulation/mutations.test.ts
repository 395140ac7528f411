import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { MUTATIONS } from './mutations.ts'

const root = new URL('../../', import.meta.url)

// A breakage that no longer applies proves nothing, and would be found only in the hour that breaks everything.
test.each(MUTATIONS)('there is one place to $name', ({ file, search, replace, tests = [] }) => {
  const text = readFileSync(new URL(file, root), 'utf8')
  expect(text.split(search).length - 1, `places in ${file}`).toBe(1)
  expect(text.replace(search, () => replace)).not.toBe(text)
  for (const path of tests) expect(existsSync(new URL(path, root)), path).toBe(true)
})

test('every breakage has a name of its own', () => {
  expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length)
})
