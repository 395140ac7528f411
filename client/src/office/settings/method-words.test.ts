import { METHOD_KINDS } from '@evertill/shared/domain/tender'
import type { PaymentMethodDetail } from '@evertill/shared/protocol/office/settings'
import { expect, test } from 'vitest'
import { METHOD_KIND_WORDS, methodRule, payeeWords, retireWords } from './method-words.ts'

const method = (change: Partial<PaymentMethodDetail>): PaymentMethodDetail => ({
  paymentMethodId: '019a0000-0000-7000-8000-000000000001',
  version: '1',
  code: 'GIFT',
  name: 'Gift card',
  kind: 'gift-card',
  payNowProxy: null,
  rest: 'kept',
  retired: false,
  owed: null,
  ...change,
})
const money = (amount: number) => `$${(amount / 100).toFixed(2)}`

test('every kind of payment is named and says what a till does with it', () => {
  for (const kind of METHOD_KINDS) {
    expect(METHOD_KIND_WORDS[kind]).not.toBe('')
    expect(methodRule({ kind, payNowProxy: null, rest: 'kept' })).not.toBe('')
  }
  expect(methodRule(method({ kind: 'paynow' }))).toContain('no code')
  expect(methodRule(method({ kind: 'paynow', payNowProxy: '201900000A' }))).toContain('201900000A')
  expect(methodRule(method({ kind: 'voucher', rest: 'forfeited' }))).toContain('lost')
})

test('whoever retires what customers hold is told how much that is', () => {
  expect(retireWords(method({ owed: 3000 }), money)).toMatch(/^\$30\.00 is still on codes/)
  expect(retireWords(method({ kind: 'points' }), money)).toContain('keep their points')
  expect(retireWords(method({ kind: 'card' }), money)).toMatch(/^What was paid with it stays/)
})

test('whoever has customers pay somebody else is told whom, before it is saved', () => {
  expect(payeeWords('201900000A', '201900000B')).toMatch(/pays 201900000B and no longer 201900000A/)
  expect(payeeWords(null, '201900000B')).toMatch(/pays 201900000B\./)
  expect(payeeWords('201900000A', '201900000A')).toBeUndefined()
  expect(payeeWords('201900000A', null)).toBeUndefined()
})
