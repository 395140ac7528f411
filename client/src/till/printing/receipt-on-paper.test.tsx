import { minor, thousandths } from '@evertill/shared/domain/money'
import type { NamedReceipt } from '@evertill/shared/receipt/named-receipt'
import { receiptRows } from '@evertill/shared/receipt/receipt-rows'
import { receiptText } from '@evertill/shared/receipt/receipt-text'
import { sayIn } from '@evertill/shared/receipt/say'
import npos from 'npos'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { paperWords } from '../../app/i18n.ts'
import { encodePrint, type PrintOptions, ROLLS, type RollMm } from '../../devices/encode-print.ts'
import { plainText } from '../../devices/lay-out.ts'
import { type PaperPart, readEscPos } from '../../devices/read-esc-pos.ts'
import { ReceiptView } from '../receipt/receipt-view.tsx'

const SALE: NamedReceipt = {
  context: {
    companyName: 'Kaya & Kopi Provisions Pte. Ltd.',
    outletName: 'Tiong Bahru',
    address: '78 Guan Chuan Street #01-41\nSingapore 160078',
    gstRegistrationNo: '201912345K',
    tillName: 'Counter 2',
    cashierName: 'Mei Lin',
    at: '2026-11-21T06:32:00.000Z',
    timeZone: 'Asia/Singapore',
    footer: 'Thank you — exchange within 7 days\nwith this receipt.',
  },
  receiptNo: 'TB-2-000418',
  currency: 'SGD',
  taxInclusive: true,
  lines: [
    {
      name: 'Bread, wholemeal, sliced, without added sugar, family size',
      quantity: thousandths(3000),
      unitPrice: minor(280),
      gross: minor(840),
      discount: minor(40),
      promotions: [{ name: 'Any 2 for $5', amount: minor(60) }],
      taxCode: 'SR',
    },
    {
      name: 'Lady’s fingers',
      quantity: thousandths(345),
      unitPrice: minor(990),
      gross: minor(342),
      discount: minor(0),
      listPrice: minor(1190),
      note: 'the “soft” ones',
      taxCode: 'SR',
    },
    {
      name: 'Rice, Thai hom mali, 25 kg',
      quantity: thousandths(12_000),
      unitPrice: minor(104_290),
      gross: minor(1_251_480),
      discount: minor(0),
      taxCode: 'ZR',
    },
  ],
  gross: minor(1_252_662),
  billDiscount: minor(1000),
  tax: minor(89),
  taxRows: [
    { taxCode: 'SR', ratePpm: 90_000, taxable: minor(992), tax: minor(89) },
    { taxCode: 'ZR', ratePpm: 0, taxable: minor(1_250_481), tax: minor(0) },
  ],
  rounding: minor(-2),
  total: minor(1_251_560),
  tenders: [
    { methodCode: 'PAYNOW', methodName: 'PayNow', amount: minor(1_250_000), reference: 'TB2000418' },
    { methodCode: 'POINTS', methodName: 'Points', kind: 'points', amount: minor(500), points: 500 },
    {
      methodCode: 'GIFT',
      methodName: 'Gift card',
      kind: 'gift-card',
      amount: minor(300),
      code: 'G7K2M9QX4RT8',
      left: minor(1250),
    },
    { methodCode: 'CASH', methodName: 'Cash', amount: minor(1200) },
  ],
  change: minor(440),
  issued: [{ methodCode: 'GIFT', kind: 'gift-card', code: 'G3ZXN5WQ7PB2', amount: minor(5000) }],
  customerName: 'Nur Aisyah binte Rahman',
  buyer: {
    name: 'Rahman & Daughters Trading and Contracting (Singapore) Pte. Ltd.',
    address: '10 Anson Road #05-17\nInternational Plaza\nSingapore 079903',
    registrationNo: '201912345K',
  },
  pointsEarned: 1251,
  pointsBalance: 1903,
}

const { issued: _, ...PLAIN_SALE } = SALE

const REFUND: NamedReceipt = {
  ...PLAIN_SALE,
  receiptNo: 'TB-2-000419',
  lines: SALE.lines.slice(0, 1),
  change: minor(0),
  tenders: [{ methodCode: 'CASH', methodName: 'Cash', amount: minor(740) }],
  pointsEarned: -1,
  back: {
    kind: 'refund',
    originalReceiptNo: 'TB-2-000418',
    reason: 'The customer says that it was open on one side when they came home with it',
  },
}

/** What runs on beside what is before and after it, without a space. */
const INLINE = /<\/?(span|strong|em|b|i|small)\b[^>]*>/g

/** What stands on the screen, word by word, in the letters a printer has. */
function wordsOnScreen(receipt: NamedReceipt, copy: boolean): string[] {
  const text = renderToStaticMarkup(<ReceiptView receipt={receipt} copy={copy} />)
    .replace(INLINE, '')
    .replace(/<[^>]*>|\n/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
  const plain = plainText(text)
  if (plain === undefined) throw new Error('this receipt needs more letters than a printer has')
  return plain.split(' ').filter((word) => word !== '')
}

const bytesOf = (
  receipt: NamedReceipt,
  copy: boolean,
  rollMm: RollMm,
  draw: PrintOptions['draw'] = mustNotDraw,
) => encodePrint(receiptRows(receiptText(receipt, copy, paperWords())), { language: 'esc-pos', rollMm, draw })

const mustNotDraw = (): ImageData => {
  throw new Error('every row of this receipt can be printed as text')
}

// The one command its table lacks: codes of two dimensions.
npos.rules[npos.symbols.GS] = { ...npos.rules[npos.symbols.GS], '(k': [0, 'd16'] }

async function decode(bytes: Uint8Array) {
  const { tree, entries } = await npos.parser(npos.rules).parse(Buffer.from(bytes))
  const text = entries.filter(({ type }) => type === 'text').map(({ data }) => String(data))
  return { commands: tree.map(({ ascii, fn = '' }) => ascii + fn), lines: text.join('').split(/\n\r?/) }
}

const wordsOf = (lines: readonly string[]) =>
  lines
    .filter((line) => !/^-+$/.test(line))
    .join(' ')
    .split(' ')
    .filter((word) => word !== '')

describe.each([80, 58] as const)('on %i mm paper', (rollMm) => {
  test.each([
    ['a sale with everything on it', SALE, false],
    ['its copy', SALE, true],
    ['a refund', REFUND, false],
    [
      'a void of a company without GST',
      { ...REFUND, context: withoutGst(), back: { kind: 'void' as const, reason: 'Wrong item' } },
      true,
    ],
    ['a sale with tax on top', { ...SALE, taxInclusive: false }, false],
  ])('another decoder reads %s as the screen shows it', async (_, receipt, copy) => {
    const { lines } = await decode(bytesOf(receipt, copy, rollMm))
    expect(wordsOf(lines)).toEqual(wordsOnScreen(receipt, copy))
    expect(Math.max(...lines.map((line) => line.length))).toBe(ROLLS[rollMm].columns)
  })

  test('amounts stand at the right edge, whole', async () => {
    const { lines } = await decode(bytesOf(SALE, false, rollMm))
    for (const amount of ['12,514.80', '-0.40', '$12,515.60', '12,500.00', '4.40', '1251', '1903'])
      expect(lines.some((line) => line.endsWith(` ${amount}`) && line.length === ROLLS[rollMm].columns)).toBe(
        true,
      )
  })

  test('the number and what can be paid with are printed as codes, and the paper is cut last', async () => {
    const bytes = bytesOf(SALE, false, rollMm)
    const { commands } = await decode(bytes)
    expect(commands.filter((command) => command === 'GS(k')).toHaveLength(10)
    expect(commands.filter((command) => command === 'GSV')).toHaveLength(1)
    const parts = readEscPos(bytes)
    expect(parts.filter(({ kind }) => kind === 'code')).toEqual([
      { kind: 'code', text: 'TB-2-000418' },
      { kind: 'code', text: 'G3ZXN5WQ7PB2' },
    ])
    expect(parts.findLast(({ kind }) => kind !== 'line')).toEqual({ kind: 'cut' })
  })

  test('the virtual printer shows what is printed bold and tall', () => {
    const lines = readEscPos(bytesOf(SALE, false, rollMm)).filter((part) => part.kind === 'line')
    const looksOf = (words: string) => {
      const { strong, tall } = lines.find(({ text }) => text.includes(words)) ?? {}
      return { strong, tall }
    }
    expect(looksOf('Kaya & Kopi')).toEqual({ strong: true, tall: false })
    expect(looksOf('Tiong Bahru')).toEqual({ strong: false, tall: false })
    expect(looksOf('Total')).toEqual({ strong: true, tall: true })
    expect(looksOf('PayNow')).toEqual({ strong: false, tall: false })
  })

  test('the virtual printer shows what the other decoder reads, and knows every command', async () => {
    const bytes = bytesOf(SALE, true, rollMm)
    const parts = readEscPos(bytes)
    const lines = parts.filter((part): part is Extract<PaperPart, { kind: 'line' }> => part.kind === 'line')
    expect(wordsOf(lines.map(({ text }) => text))).toEqual(wordsOf((await decode(bytes)).lines))
    expect(parts.filter(({ kind }) => kind === 'unknown')).toEqual([])
  })
})

test('signs that ASCII lacks are spelled in it, and a word wider than the paper is broken without losing a letter', async () => {
  const word = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'
  const lines = SALE.lines.map((line, i) => (i === 0 ? { ...line, name: word } : line))
  const printed = (await decode(bytesOf({ ...SALE, lines }, false, 58))).lines
  expect(printed.join('')).toContain(word)
  const text = printed.join('\n')
  for (const spelled of ['3 x 2.80', "Lady's fingers", 'the "soft" ones', 'Thank you - exchange', '-10.00'])
    expect(text).toContain(spelled)
})

test('what a printer has no letters for is drawn, row by row, and the rest stays text', async () => {
  const drawn: string[] = []
  const receipt = {
    ...SALE,
    lines: SALE.lines.map((line, i) => (i === 0 ? { ...line, name: '全麦面包' } : line)),
    customerName: 'கவிதா',
  }
  const bytes = bytesOf(receipt, false, 58, (row, dots) => {
    drawn.push(row.kind === 'text' ? row.text : `${row.label}: ${row.value}`)
    const data = new Uint8ClampedArray(dots * 32 * 4).fill(255)
    data.set([0, 0, 0, 255], 0)
    return { width: dots, height: 32, data, colorSpace: 'srgb' } as ImageData
  })
  expect(drawn).toEqual(['Customer: கவிதா', '全麦面包'])
  const pictures = readEscPos(bytes).filter((part) => part.kind === 'picture')
  expect(pictures.map(({ width, height }) => [width, height])).toEqual([
    [384, 32],
    [384, 32],
  ])
  // One black dot in the corner, and no other.
  expect(pictures[0]?.dots[0]).toBe(0x80)
  expect(pictures[0]?.dots.slice(1).every((byte) => byte === 0)).toBe(true)
  expect(lineAfter('picture', readEscPos(bytes))).not.toContain('')
  const { lines } = await decode(bytes)
  expect(wordsOf(lines)).toContain('$12,515.60')
  expect(wordsOf(lines).join(' ')).not.toMatch(/[^\x20-\x7e]/)
})

/** The line that follows each part of a kind, where one does. */
function lineAfter(kind: PaperPart['kind'], parts: readonly PaperPart[]): string[] {
  return parts.flatMap((part, i) => {
    const next = parts[i + 1]
    return part.kind === kind && next?.kind === 'line' ? [next.text] : []
  })
}

describe.each([80, 58] as const)('a logo on %i mm paper', (rollMm) => {
  // The corners of 16 by 8 dots are black.
  const dots = Buffer.from([0x80, 0x01, ...Array<number>(12).fill(0), 0x80, 0x01]).toString('base64')
  const logo = { width: 16, height: 8, dots, picture: 'data:image/png;base64,AA==' }

  test('stands in the middle over the name of the shop and the lines under it', async () => {
    const context = { ...SALE.context, header: 'UEN 201912345K\nwww.kopi.example' }
    const bytes = bytesOf({ ...SALE, context, logo }, false, rollMm)
    const [picture, ...rest] = readEscPos(bytes).filter(
      (part) => part.kind === 'picture' || (part.kind === 'line' && part.text !== ''),
    )
    if (picture?.kind !== 'picture') throw new Error('the receipt does not begin with its logo')
    const across = ROLLS[rollMm].dots
    expect([picture.width, picture.height]).toEqual([across, 8])
    const black = [...picture.dots].flatMap((byte, i) =>
      Array.from({ length: 8 }, (_, bit) => (byte & (0x80 >> bit) ? [8 * i + bit] : [])).flat(),
    )
    const left = (across - 16) / 2
    expect(black).toEqual([left, left + 15, 7 * across + left, 7 * across + left + 15])
    const words = rest.map((part) => (part.kind === 'line' ? part.text.trim() : part.kind))
    expect(words.slice(0, 3)).toEqual([SALE.context.companyName, 'UEN 201912345K', 'www.kopi.example'])
  })

  test('has an empty line under it, as a code does', () => {
    const parts = readEscPos(bytesOf({ ...SALE, logo }, false, rollMm))
    expect(lineAfter('picture', parts)).toEqual([''])
    expect(lineAfter('code', parts)).toEqual(['', ''])
  })

  test('changes no word of the receipt', async () => {
    const { lines } = await decode(bytesOf({ ...SALE, logo }, true, rollMm))
    expect(wordsOf(lines)).toEqual(wordsOnScreen({ ...SALE, logo }, true))
  })
})

function withoutGst() {
  const { gstRegistrationNo: _, ...context } = SALE.context
  return context
}

test('whoever has no i18next says the same', () => {
  for (const receipt of [SALE, REFUND])
    expect(receiptText(receipt, true, { language: 'en', t: sayIn('en') })).toEqual(
      receiptText(receipt, true, paperWords()),
    )
})
