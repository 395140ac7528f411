import { expect, it } from 'vitest'
import { csvText } from './csv.ts'

it('quotes what would break a row', () => {
  expect(csvText(['name', 'note'], [['Bread, wholemeal', 'the "good" one']])).toBe(
    'name,note\r\n"Bread, wholemeal","the ""good"" one"\r\n',
  )
})

it('leaves numbers as numbers and nothing as nothing', () => {
  expect(csvText(['a', 'b'], [[-3, null]])).toBe('a,b\r\n-3,\r\n')
})

it('leaves what came back, or is short, a number that adds up', () => {
  expect(csvText(['total'], [['-6.20'], ['-2'], ['-6.20-1']])).toBe(`total\r\n-6.20\r\n-2\r\n'-6.20-1\r\n`)
})

it('keeps text that looks like a formula from being run', () => {
  expect(csvText(['name'], [['=HYPERLINK("x")'], ['+65 8123 4567'], ['-5% tea']])).toBe(
    `name\r\n"'=HYPERLINK(""x"")"\r\n'+65 8123 4567\r\n'-5% tea\r\n`,
  )
})
