import { minor } from '@evertill/shared/domain/money'
import type { Tender } from '@evertill/shared/domain/tender'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import '../../app/i18n.ts'
import { MantineProvider } from '@mantine/core'
import { type Facts, FactsContext } from '../till-context.tsx'
import { PayOut } from './pay-out.tsx'

const METHODS = { CASH: 'Cash', NETS: 'NETS', QR: 'PayNow', GIFT: 'Gift card', CREDIT: 'Store credit' }
const facts = {
  catalogue: { knownMethods: Object.entries(METHODS).map(([code, name]) => ({ code, name })) },
} as unknown as Facts

const leg = (
  methodCode: string,
  kind: Tender['kind'],
  cents: number,
  rest: Partial<Tender> = {},
): Tender => ({
  methodCode,
  kind,
  amount: minor(cents),
  ...rest,
})

/** What is said of some legs, a sentence each. */
function saidOf(...tenders: Tender[]): string[] {
  const markup = renderToStaticMarkup(
    <MantineProvider>
      <FactsContext.Provider value={facts}>
        <PayOut tenders={tenders} />
      </FactsContext.Provider>
    </MantineProvider>,
  )
  return [...markup.matchAll(/<p[^>]*>([^<]*)/g)].map(([, words = '']) => words)
}

test('cash is to be given back, and nothing else', () => {
  expect(saidOf(leg('NETS', 'nets', 500), leg('CASH', 'cash', 605))).toEqual([
    'Refund $5.00 on the terminal (NETS)',
    'Give back $6.05 in cash',
  ])
  expect(saidOf(leg('QR', 'paynow', 500))).toEqual(['Send $5.00 back by PayNow'])
})

test('what went back by itself is said by where it is now', () => {
  const code = 'V8ATB2QK4TW5B'
  expect(saidOf(leg('GIFT', 'gift-card', 470, { code }))).toEqual(['$4.70 is on Gift card …TW5B again'])
  const [credit] = saidOf(leg('CREDIT', 'store-credit', 470, { code }))
  expect(credit?.replaceAll(/[\s-]/g, '')).toBe(`$4.70isonStorecredit${code}`)
  expect(saidOf(leg('POINTS', 'points', 100, { points: 1 }))).toEqual(['1 point is the customer’s again'])
})

test('goods that were exchanged, or had cost nothing, are nothing to pay out', () => {
  expect(saidOf(leg('EXCHANGE', 'exchange', 470))).toEqual(['No money goes back.'])
  expect(saidOf(leg('CASH', 'cash', 0))).toEqual(['No money goes back.'])
})
