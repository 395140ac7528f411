import { expect, it } from 'vitest'
import { decodeFile } from './decode-file.ts'

const bytes = (...values: number[]) => new Uint8Array(values)

it('reads UTF-8 with and without its mark', () => {
  const text = 'name\nKopi-O 咖啡\n'
  const utf8 = new TextEncoder().encode(text)
  expect(decodeFile(utf8)).toBe(text)
  expect(decodeFile(bytes(0xef, 0xbb, 0xbf, ...utf8))).toBe(text)
})

it('reads what Excel calls Unicode text', () => {
  expect(decodeFile(bytes(0xff, 0xfe, 0x41, 0x00, 0xe9, 0x00))).toBe('Aé')
  expect(decodeFile(bytes(0xfe, 0xff, 0x00, 0x41, 0x00, 0xe9))).toBe('Aé')
})

it('reads an old western file without losing its accents', () => {
  expect(decodeFile(bytes(0x43, 0x72, 0xe8, 0x6d, 0x65))).toBe('Crème')
})
