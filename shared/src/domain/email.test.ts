import { expect, test } from 'vitest'
import { EMAIL, maskedEmail } from './email.ts'

test.each(['mei@example.com', 'mei.ling+kopi@mail.example.com.sg', "o'brien@example.sg", '1@2.co'])(
  '%s is an address',
  (text) => {
    expect(EMAIL.test(text)).toBe(true)
  },
)

test.each([
  '',
  'mei',
  'mei@',
  '@example.com',
  'mei@example',
  '.mei@example.com',
  'mei.@example.com',
  'mei..ling@example.com',
  'mei@-example.com',
  'mei@example-.com',
  'mei@example..com',
  'mei ling@example.com',
  'mei@example.com ',
  'mei@example.com,all@example.com',
  'mei@example.com\nBcc: all@example.com',
  'Mei <mei@example.com>',
  'mei@[127.0.0.1]',
  `${'a'.repeat(65)}@example.com`,
])('“%s” is none', (text) => {
  expect(EMAIL.test(text)).toBe(false)
})

test('a long text that is no address is refused at once', () => {
  expect(EMAIL.test(`${'a@'.repeat(50_000)}!`)).toBe(false)
  expect(EMAIL.test(`a@${'a-'.repeat(50_000)}`)).toBe(false)
})

test('a masked address tells enough to recognise it and too little to write to it', () => {
  expect(maskedEmail('mei.ling@example.com')).toBe('m…@example.com')
  expect(maskedEmail('no address')).toBe('…')
})
