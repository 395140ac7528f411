import type { RescueReport } from '@evertill/shared/protocol/rescue'
import { expect, test } from 'vitest'
import { importedWords, signatureWords } from './rescue-words.ts'

const fates = (applied: number, duplicate: number, quarantined: number) =>
  importedWords({ applied, duplicate, quarantined } as RescueReport)

test('what became of a file is one sentence that leaves out what did not happen', () => {
  expect(fates(3, 2, 0)).toBe('3 entries were imported, 2 were here already.')
  expect(fates(1, 0, 1)).toBe('1 entry was imported, 1 is kept for review.')
  expect(fates(0, 0, 0)).toBe('The file held no entries.')
})

test('only a good signature lets entries count', () => {
  const till = { tillId: '', code: '1', name: 'Counter 1', outletName: 'Bedok', state: 'active' } as const
  expect(signatureWords({ signature: 'good', till }).good).toBe(true)
  for (const signature of ['wrong', 'missing', 'unknown-till'] as const) {
    const words = signatureWords({ signature, till })
    expect(words.good).toBe(false)
    expect(words.text).toContain('none counts until a person has looked at it')
  }
})
