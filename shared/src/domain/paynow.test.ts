import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc16 } from './emv-qr.ts'
import { minor } from './money.ts'
import { type PayNowRequest, payNowProxyOf, payNowQrText, payNowReference } from './paynow.ts'

/** A reader of EMV codes that shares nothing with their maker. */
function read(text: string): Map<string, string> {
  const fields = new Map<string, string>()
  let rest = text
  while (rest !== '') {
    const match = /^(\d\d)(\d\d)/.exec(rest)
    if (match === null) throw new Error(`no data object at ${rest}`)
    const [, id = '', length = ''] = match
    const value = rest.slice(4, 4 + Number(length))
    if (value.length !== Number(length) || fields.has(id)) throw new Error(`broken at ${rest}`)
    fields.set(id, value)
    rest = rest.slice(4 + Number(length))
  }
  return fields
}

const request: PayNowRequest = {
  proxy: { kind: 'uen', uen: '201900000A' },
  amount: minor(1240),
  reference: 'TB-T1-000017',
  merchantName: 'Kopi & Co Minimart',
  expires: '2026-11-22',
}

const anyRequest: fc.Arbitrary<PayNowRequest> = fc.record(
  {
    proxy: fc.oneof(
      fc.stringMatching(/^(19|20)\d{7}[A-Z]$/).map((uen) => ({ kind: 'uen' as const, uen })),
      fc.stringMatching(/^\+65[89]\d{7}$/).map((number) => ({ kind: 'mobile' as const, number })),
    ),
    amount: fc.integer({ min: 1, max: 9_999_999_999_99 }).map(minor),
    reference: fc.string({ unit: 'grapheme', maxLength: 60 }),
    merchantName: fc.string({ unit: 'grapheme', maxLength: 60 }),
    expires: fc.constant('2026-11-22'),
    amountEditable: fc.boolean(),
  },
  { requiredKeys: ['proxy', 'amount', 'reference', 'merchantName'] },
)

describe('the checksum', () => {
  it.each([
    // The check value of CRC-16/CCITT-FALSE (also IBM-3740) in the RevEng catalogue.
    ['123456789', 0x29b1],
    ['', 0xffff],
    ['A', 0xb915],
    // The example of the EMV MPM specification v1.1, annex "Code example", up to and including 6304.
    [
      '00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME91320016A0112233449988770708123456786304',
      0xa13a,
    ],
  ])('of %j is as published', (text, crc) => expect(crc16(text)).toBe(crc))
})

describe('a PayNow code', () => {
  it('is this text', () => {
    const text = payNowQrText(request)
    expect(text.slice(0, -4)).toBe(
      '00020101021226490009SG.PAYNOW010120210201900000A030100408202611225204000053037025405' +
        '12.405802SG5918Kopi & Co Minimart6009Singapore62160112TB-T1-0000176304',
    )
    expect(text.slice(-4)).toBe(crc16(text.slice(0, -4)).toString(16).toUpperCase().padStart(4, '0'))
  })

  it('reads back as what was asked for, whoever the shop, whatever the amount', () => {
    fc.assert(
      fc.property(anyRequest, (asked) => {
        const text = payNowQrText(asked)
        const fields = read(text)
        const account = read(fields.get('26') ?? '')
        expect(account.get('00')).toBe('SG.PAYNOW')
        expect([account.get('01'), account.get('02')]).toEqual(
          asked.proxy.kind === 'uen' ? ['2', asked.proxy.uen] : ['0', asked.proxy.number],
        )
        expect(account.get('03')).toBe(asked.amountEditable ? '1' : '0')
        expect(account.get('04')).toBe(asked.expires === undefined ? undefined : '20261122')
        expect(Math.round(Number(fields.get('54')) * 100)).toBe(asked.amount)
        expect(fields.get('54')).toMatch(/^\d{1,10}\.\d\d$/)
        expect([fields.get('53'), fields.get('58'), fields.get('60')]).toEqual(['702', 'SG', 'Singapore'])
        expect(fields.get('59')).toMatch(/^[\x20-\x7e]{1,25}$/)
        const reference = payNowReference(asked.reference)
        expect(fields.get('62')).toBe(
          reference === '' ? undefined : `01${String(reference.length).padStart(2, '0')}${reference}`,
        )
        expect(Number.parseInt(fields.get('63') ?? '', 16)).toBe(crc16(text.slice(0, -4)))
      }),
    )
  })

  it('has the version first, the checksum last and all between in order', () => {
    fc.assert(
      fc.property(anyRequest, (asked) => {
        const ids = [...read(payNowQrText(asked)).keys()]
        expect(ids[0]).toBe('00')
        expect(ids.at(-1)).toBe('63')
        expect(ids).toEqual(
          ids.toSorted((a, b) => Number(a === '63') - Number(b === '63') || Number(a) - Number(b)),
        )
      }),
    )
  })

  it.each([0, -1, 1.5, 1_000_000_000_000])('is not made for %d cents', (amount) =>
    expect(() => payNowQrText({ ...request, amount: amount as PayNowRequest['amount'] })).toThrow(RangeError),
  )
})

describe('a reference', () => {
  it('keeps its end where it is too long, because receipts count there', () => {
    expect(payNowReference('A-VERY-LONG-OUTLET-CODE-T1-000017')).toBe('ONG-OUTLET-CODE-T1-000017')
  })
  it('tells the PayNow payments of one sale apart', () => {
    expect([1, 2].map((leg) => payNowReference('TB-T1-000017', leg))).toEqual([
      'TB-T1-000017',
      'TB-T1-000017/2',
    ])
  })
})

describe('whom PayNow pays', () => {
  it.each([
    ['201900000a', { kind: 'uen', uen: '201900000A' }],
    ['53123456K', { kind: 'uen', uen: '53123456K' }],
    ['T08GB0001A', { kind: 'uen', uen: 'T08GB0001A' }],
    ['201900000A001', { kind: 'uen', uen: '201900000A001' }],
    [' +65 9123-4567', { kind: 'mobile', number: '+6591234567' }],
    ['91234567', undefined],
    ['KOPIANDCOMPANY', undefined],
    ['', undefined],
  ])('%j is %j', (typed, proxy) => expect(payNowProxyOf(typed)).toEqual(proxy))
})
