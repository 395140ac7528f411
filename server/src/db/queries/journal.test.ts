import { v7 as uuidV7 } from 'uuid'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/test-database.ts'
import { storedHashes } from './journal.ts'

test('a server that has just started can ask for hashes before anything else', async () => {
  const { sql, drop } = await createTestDatabase()
  expect(await storedHashes(sql, uuidV7(), [uuidV7(), uuidV7()])).toEqual(new Map())
  await drop()
})
