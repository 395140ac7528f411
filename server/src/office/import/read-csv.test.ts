import { expect, test } from 'vitest'
import { MOST_ROWS, readCsv } from './read-csv.ts'

const read = (text: string, encode = (of: string) => Buffer.from(of)) => readCsv(encode(text))

test('rows carry the line they begin on, across quoted line breaks and empty lines', async () => {
  const { header, rows } = await read('\ufeffa,b\r\n"x\r\ny",1\r\n\r\n,\r\n"z ""q""",2\r\n')
  expect(header).toEqual(['a', 'b'])
  expect(rows).toEqual([
    { line: 2, cells: ['x\r\ny', '1'] },
    { line: 6, cells: ['z "q"', '2'] },
  ])
})

test('semicolons and tabs part the cells where the header says so', async () => {
  expect((await read('a;"b,c";d\n1;2,5;3')).rows[0]?.cells).toEqual(['1', '2,5', '3'])
  expect((await read('a\tb\n1\t2')).rows[0]?.cells).toEqual(['1', '2'])
})

test('UTF-16 and Windows-1252, as spreadsheets save them, are read', async () => {
  const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
  expect((await read('a\tb\ncafé\t你好', utf16)).rows[0]?.cells).toEqual(['café', '你好'])
  expect((await read('a,b\ncafé,1', (text) => Buffer.from(text, 'latin1'))).rows[0]?.cells).toEqual([
    'café',
    '1',
  ])
})

test('a quotation mark within a cell is a character; inches are written so', async () => {
  const { rows, problems } = await read('a,b\nPizza 12" Pepperoni,1\n')
  expect([rows[0]?.cells, problems]).toEqual([['Pizza 12" Pepperoni', '1'], []])
})

test('a quotation mark that is never closed is a problem on its line, and the rows before it stand', async () => {
  const { rows, problems } = await read('a,b\n1,2\n"3,4\n5,6\n')
  expect(rows.map((row) => row.cells)).toEqual([['1', '2']])
  expect(problems).toEqual([
    { line: 3, column: null, value: '', reason: expect.stringContaining('never closed') },
  ])
})

test('a row with more cells than columns is a problem; one with fewer is not', async () => {
  const { rows, problems } = await read('a,b\n1,2,3\n4\n5,6,,\n')
  expect(rows.map((row) => row.line)).toEqual([3, 4])
  expect(problems).toEqual([
    { line: 2, column: null, value: '3', reason: expect.stringContaining('beyond the 2 columns') },
  ])
})

test('characters are whole where the file is read in pieces', async () => {
  const name = 'é😀'.repeat(60_000)
  const { rows } = await read(`a,b\n${'x'.repeat(65_530)},1\n${name},2\n`)
  expect(rows.map((row) => row.cells[0]?.length)).toEqual([65_530, name.length])
  expect(rows[1]?.cells[0]).toBe(name)
})

test('an empty file has neither header nor rows', async () => {
  expect(await read('')).toEqual({ header: [], rows: [], problems: [] })
})

test('reading stops at the first row too many', async () => {
  expect((await read(`a,b\n${'1,2\n'.repeat(MOST_ROWS)}`)).rows).toHaveLength(MOST_ROWS)
  expect((await read(`a,b\n${'1,2\n'.repeat(MOST_ROWS + 50_000)}`)).rows).toHaveLength(MOST_ROWS + 1)
})
