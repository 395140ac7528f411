import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { byteaArray, plainArray, textArray } from './array-literal.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const storable = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'))

test('Postgres reads back every text that was written, whatever stands in it', async () => {
  const { sql } = database
  const texts = fc.array(
    fc.option(fc.oneof(storable, fc.constantFrom('', 'null', '"', '\\', '{}', 'a,b', ' '))),
  )
  await fc.assert(
    fc.asyncProperty(texts, async (values) => {
      const [row] = await sql`select to_jsonb(${sql.typed(textArray(values), 1009)}) as read`
      expect(row?.read).toEqual(values)
    }),
    { numRuns: 200 },
  )
})

test('Postgres reads back numbers, nulls and bytes', async () => {
  const { sql } = database
  const numbers = [0, -1, Number.MAX_SAFE_INTEGER, null]
  const [row] = await sql`
    select to_jsonb(${sql.typed(plainArray(numbers), 1016)}) as numbers,
           to_jsonb(array(select encode(b, 'hex') from unnest(${sql.typed(byteaArray(['00ff', '']), 1001)}) b)) as bytes,
           cardinality(${sql.typed(plainArray([]), 2951)}) as none`
  expect(row).toEqual({ numbers, bytes: ['00ff', ''], none: 0 })
})
