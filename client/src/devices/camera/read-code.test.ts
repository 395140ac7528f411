import { isGtin } from '@evertill/shared/domain/barcode'
import { expect, test } from 'vitest'
import { readCode } from './read-code.ts'

test.each([
  ['01234505', '012000003455'],
  ['01234514', '012100003454'],
  ['01234531', '012300000451'],
  ['01234543', '012340000053'],
  ['01234565', '012345000065'],
])('the short code %s is sold as the long one that it stands for', (short, long) => {
  expect(isGtin(long)).toBe(true)
  expect(readCode({ format: 'upc_e', text: short })).toBe(long)
  expect(readCode({ format: 'UPCE', text: short })).toBe(long)
})

test('what is no short code is taken as it stands', () => {
  expect(readCode({ format: 'EAN8', text: '01234565' })).toBe('01234565')
  // The decoder expands it by itself.
  expect(readCode({ format: 'UPCE', text: '0012345000065' })).toBe('0012345000065')
  expect(readCode({ format: 'qr_code', text: ' A-01-000001\n' })).toBe('A-01-000001')
})
