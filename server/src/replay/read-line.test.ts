import { sealEntry } from '@evertill/shared/domain/journal-hash'
import { expect, test } from 'vitest'
import { idAtAGlance, openLine } from './read-line.ts'

const id = '01a0b1c2-0000-7000-8000-00000000abcd'
const decoy = '01a0b1c2-0000-7000-8000-00000000dead'

function glanceAt(entry: { id: string } & Record<string, unknown>): string | undefined {
  const { hash, raw } = sealEntry(entry)
  const opened = openLine(Buffer.from(`${hash} ${raw}`))
  if (!('sealed' in opened)) throw new Error(opened.reason)
  return idAtAGlance(opened)
}

test('an id is seen at a glance, whatever the names in the entry say', () => {
  expect(
    glanceAt({ id, body: { name: `Milo "id":"${decoy}"` }, kind: 'sale', zeta: `"id":"${decoy}"` }),
  ).toBe(id)
})

test.each(['', 'abc', id.toUpperCase(), `${id.slice(0, 35)}}`, `{${id.slice(1)}`])(
  'no id is seen in %j: it goes into an array as it stands',
  (odd) => expect(glanceAt({ id: odd })).toBeUndefined(),
)

test('a line whose text is not the one that was hashed is not opened', () => {
  const { hash, raw } = sealEntry({ id })
  expect(openLine(Buffer.from(`${hash} ${raw} `))).toMatchObject({ readable: false, hash })
})
