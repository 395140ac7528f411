import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../domain/canonical-json.ts'
import { MAX_LINES, MAX_QUANTITY } from '../domain/cart.ts'
import { checkRefund } from '../domain/check-refund.ts'
import { sealEntry, sha256Hex } from '../domain/journal-hash.ts'
import { MOST_MONEY, MOST_PRICE } from '../domain/money.ts'
import { checkSale } from '../domain/sale.ts'
import { MAX_TENDERS } from '../domain/tender.ts'
import { anyCart, anyRules, anyTenderWishes, tendersFor } from '../testing/arbitraries.ts'
import {
  amountOff,
  card,
  cartOf,
  cash,
  customer,
  entryOf,
  percent,
  priced,
  refundOf,
  SALE_ID,
  saleOf,
} from '../testing/builders.ts'
import { zEntry, zRefundBody, zSaleBody } from './entry.ts'

const sale = saleOf(
  cartOf(
    [
      { price: 545, quantity: 2000, discount: percent(10) },
      { price: 320, taxCode: 'ZR' },
    ],
    {
      billDiscount: amountOff(65),
      customer: customer(),
    },
  ),
  [card(1000, 'A12'), cash(500)],
)

/** Where the schema finds fault with an entry whose field at `path` is `value`. */
function faultsWith(path: string, value: unknown): string[] {
  const entry = JSON.parse(sealEntry(entryOf(sale)).raw) as Record<string, unknown>
  const keys = path.split('.')
  let node = entry
  for (const key of keys.slice(0, -1)) node = node[key] as Record<string, unknown>
  if (value === undefined) delete node[keys.at(-1) ?? '']
  else node[keys.at(-1) ?? ''] = value
  const result = zEntry.safeParse(entry)
  return result.success ? [] : result.error.issues.map((issue) => issue.path.join('.'))
}

describe('an entry', () => {
  it('is read exactly as it was hashed: reading changes nothing in it', () => {
    fc.assert(
      fc.property(
        anyCart,
        anyRules,
        anyTenderWishes,
        fc.string({ unit: 'binary' }),
        (cart, rules, wishes, text) => {
          const tenders = tendersFor(priced(cart, rules), wishes, rules.cashStep)
          const named = {
            ...cart,
            lines: cart.lines.map((line) => ({
              ...line,
              name: ` ${text.replaceAll('\0', '')} `.slice(0, 200),
            })),
          }
          const withReference = tenders.map((tender) => ({ ...tender, reference: text }))
          const { raw, hash } = sealEntry(entryOf(saleOf(named, withReference, rules)))
          const read = zEntry.parse(JSON.parse(raw))
          expect(canonicalJson(read)).toBe(raw)
          expect(sha256Hex(canonicalJson(read))).toBe(hash)
        },
      ),
    )
  })

  it('can hold the largest sale a till can complete', () => {
    const lines = Array.from({ length: MAX_LINES }, () => ({
      price: MOST_PRICE,
      quantity: 2000,
      name: 'x'.repeat(200),
    }))
    const cart = cartOf(lines)
    const tenders = Array.from({ length: MAX_TENDERS }, () => card(priced(cart).total / MAX_TENDERS))
    expect(priced(cart).total).toBe(MOST_MONEY)
    expect(zEntry.safeParse(entryOf(saleOf(cart, tenders))).success).toBe(true)
  })

  it('has room for the longest receipt number two codes can make', () => {
    expect(faultsWith('body.receiptNo', `${'x'.repeat(64)}-${'y'.repeat(64)}-000001`)).toEqual([])
  })

  it.each([
    ['v', 0],
    ['v', 999],
    ['id', 'abc'],
    ['tillId', undefined],
    ['seq', 0],
    ['seq', 1.5],
    ['seq', '1'],
    ['epoch', 0],
    ['at', '2026-11-21'],
    ['clockOffsetMs', 1e15],
    ['businessDate', '21.11.2026'],
    ['prev', 'A'.repeat(64)],
    ['kind', 'dance'],
    ['body', null],
    ['body.lines.0.quantity', 0],
    ['body.lines.0.quantity', -1000],
    ['body.lines.0.quantity', MAX_QUANTITY + 1],
    ['body.lines.0.unitPrice', MOST_PRICE + 1],
    ['body.lines.0.gross', -1],
    ['body.lines.0.tax', 0.1],
    ['body.lines.0.name', 'a\u0000b'],
    ['body.lines.0.taxKind', 'some'],
    ['body.tenders.0.amount', MOST_MONEY + 1],
    ['body.tenders.0.kind', 'gold'],
    ['body.tenders.0.reference', null],
    ['body.total', '1235'],
    ['body.rules.cashStep', 0],
    ['body.rules.currency', 'sgd'],
    ['body.customer.multiplierPpm', -1],
    ['body.pointsEarned', -1],
  ])('is at fault in %s when that is %j, and nowhere else', (path, value) => {
    expect(faultsWith(path, value)).toEqual([path])
  })

  it('is readable with fields of a later version in it, which its text keeps', () => {
    expect(faultsWith('body.mood', 'good')).toEqual([])
  })
})

describe('checking what was read', () => {
  it('never throws, whatever numbers within the bounds a sale holds', () => {
    const amount = fc.oneof(fc.constantFrom(0, 1, MOST_MONEY), fc.integer({ min: 0, max: MOST_MONEY }))
    const rate = fc.oneof(fc.constantFrom(0, 90_000, 1_000_000), fc.nat(1_000_000))
    const discount = fc.oneof(
      fc.record({ kind: fc.constant('percent' as const), ratePpm: rate }),
      fc.record({ kind: fc.constant('amount' as const), amount }),
    )
    const line = fc.record(
      {
        ...Object.fromEntries(
          ['gross', 'lineDiscount', 'billShare', 'net', 'tax'].map((key) => [key, amount]),
        ),
        productId: fc.constant(sale.lines[0]?.productId),
        sku: fc.constant('A'),
        name: fc.constant('A'),
        taxCode: fc.constant('SR'),
        taxKind: fc.constantFrom('standard', 'zero', 'exempt'),
        quantity: fc.integer({ min: 1, max: MAX_QUANTITY }),
        unitPrice: fc.nat(MOST_PRICE),
        ratePpm: rate,
        discount,
      },
      {
        requiredKeys: ['productId', 'sku', 'name', 'taxCode', 'taxKind', 'quantity', 'unitPrice', 'ratePpm'],
      },
    )
    const tender = fc.record({ methodCode: fc.constant('X'), kind: fc.constantFrom('cash', 'card'), amount })
    const body = fc
      .record({
        lines: fc.array(line, { minLength: 1, maxLength: 6 }),
        tenders: fc.array(tender, { maxLength: 4 }),
        amounts: fc.array(amount, { minLength: 6, maxLength: 6 }),
        rounding: fc.integer({ min: -MOST_MONEY, max: MOST_MONEY }),
        billDiscount: discount,
        rules: anyRules,
        multiplierPpm: fc.nat(100_000_000),
        pointsEarned: fc.maxSafeNat(),
      })
      .map(({ amounts, multiplierPpm, lines, ...rest }) => ({
        ...rest,
        lines: lines.map((each) => ({ gross: 0, lineDiscount: 0, billShare: 0, net: 0, tax: 0, ...each })),
        receiptNo: 'A-1',
        gross: amounts[0],
        discount: amounts[1],
        tax: amounts[2],
        net: amounts[3],
        total: amounts[4],
        change: amounts[5],
        customer: { ...customer(), multiplierPpm },
      }))
    fc.assert(
      fc.property(body, (any) => {
        expect(Array.isArray(checkSale(zSaleBody.parse(any)))).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('never throws on a refund either, however little its numbers agree', () => {
    const amount = fc.oneof(fc.constantFrom(0, 1, MOST_MONEY), fc.integer({ min: 0, max: MOST_MONEY }))
    const quantity = fc.oneof(fc.constantFrom(1, MAX_QUANTITY), fc.integer({ min: 1, max: MAX_QUANTITY }))
    const line = fc
      .record(
        {
          quantity,
          unitPrice: fc.nat(MOST_PRICE),
          net: amount,
          tax: amount,
          taxKind: fc.constantFrom('standard', 'zero', 'exempt'),
          ratePpm: fc.nat(1_000_000),
          restock: fc.boolean(),
          lineNo: fc.integer({ min: 1, max: MAX_LINES }),
          of: fc.record({ quantity, net: amount, tax: amount, returned: fc.nat(MAX_QUANTITY) }),
        },
        { requiredKeys: ['quantity', 'unitPrice', 'net', 'tax', 'taxKind', 'ratePpm', 'restock'] },
      )
      .map((any) => ({ productId: sale.lines[0]?.productId, sku: 'A', name: 'A', taxCode: 'SR', ...any }))
    const body = fc.record(
      {
        receiptNo: fc.constant('A-2'),
        original: fc.record({
          saleId: fc.constant(SALE_ID),
          receiptNo: fc.constant('A-1'),
          net: amount,
          pointsEarned: fc.maxSafeNat(),
          returned: amount,
        }),
        rules: anyRules,
        lines: fc.array(line, { minLength: 1, maxLength: 6 }),
        tenders: fc.array(
          fc.record({ methodCode: fc.constant('X'), kind: fc.constantFrom('cash', 'card'), amount }),
          { maxLength: 4 },
        ),
        tax: amount,
        net: amount,
        rounding: fc.integer({ min: -MOST_MONEY, max: MOST_MONEY }),
        total: amount,
        pointsTaken: fc.maxSafeNat(),
        reason: fc.constant('x'),
      },
      {
        requiredKeys: [
          'receiptNo',
          'rules',
          'lines',
          'tenders',
          'tax',
          'net',
          'rounding',
          'total',
          'pointsTaken',
          'reason',
        ],
      },
    )
    fc.assert(
      fc.property(body, (any) => {
        expect(Array.isArray(checkRefund(zRefundBody.parse(any)))).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('finds nothing in the largest refund there can be', () => {
    const lines = Array.from({ length: MAX_LINES }, () => ({ price: MOST_PRICE, quantity: 2000 }))
    const refund = refundOf(saleOf(cartOf(lines)))
    expect(refund.total).toBe(MOST_MONEY)
    expect(checkRefund(zRefundBody.parse(refund))).toEqual([])
  })
})
