import type { Item, PlannedSale } from './expectation.ts'
import type { Customer } from './ledger.ts'
import type { Way } from './till-screen.ts'

export interface Planned {
  readonly sale: PlannedSale & { customer?: Customer }
  readonly ways: Way[]
}

/**
 * Twenty sales that between them use everything a cashier can do: scanning and searching, several pieces,
 * taxed and untaxed goods, discounts on lines and bills, customers, every tender alone and split.
 */
export function twentySales(items: readonly Item[], customers: readonly Customer[]): Planned[] {
  const taxed = items.filter((item) => item.taxPercent > 0)
  const untaxed = items.filter((item) => item.taxPercent === 0)
  const t = (i: number) => pick(taxed, i * 7)
  const u = (i: number) => pick(untaxed, i)
  const member = (multiplier: number) =>
    customers.find((customer) => customer.multiplier === multiplier) ?? pick(customers, 0)
  const [bronze, silver, gold] = [...new Set(customers.map((customer) => customer.multiplier))]
    .sort((a, b) => a - b)
    .map(member)
  if (!bronze || !silver || !gold) throw new Error('the demo company has fewer than three tiers in use')

  const one = (item: Item, pieces = 1) => ({ item, pieces })
  const cash = (cents?: number) => ({ method: 'CASH', ...(cents !== undefined && { cents }) }) as const
  const all = (method: 'CARD' | 'NETS' | 'PAYNOW') => ({ method }) as const
  const plan = (sale: Planned['sale'], ...ways: Way[]): Planned => ({ sale, ways })

  return [
    plan({ lines: [one(t(0))], tenders: [cash()] }),
    plan({ lines: [one(t(1), 2)], tenders: [all('CARD')] }),
    plan({ lines: [one(t(2)), one(t(3)), one(u(0))], tenders: [cash(100_00)] }, 'scan', 'search', 'scan'),
    plan({ lines: [one(t(4))], tenders: [all('NETS')] }, 'search'),
    plan({ lines: [one(t(5)), one(t(6), 3)], tenders: [all('PAYNOW')] }, 'search', 'scan'),
    plan({ lines: [{ item: t(7), pieces: 1, off: { percent: 15 } }], tenders: [cash()] }),
    plan({ lines: [{ item: t(8), pieces: 2, off: { cents: 35 } }, one(t(9))], tenders: [all('CARD')] }),
    plan({ lines: [one(t(10)), one(u(1)), one(t(11), 2)], billOff: { percent: 10 }, tenders: [cash()] }),
    plan(
      { lines: [one(t(12)), one(u(0), 2)], billOff: { cents: 101 }, tenders: [all('NETS')] },
      'scan',
      'search',
    ),
    plan({ lines: [one(t(13), 4)], customer: bronze, tenders: [cash(100_00)] }),
    plan({ lines: [one(t(14), 5), one(t(0))], customer: silver, tenders: [all('CARD')] }),
    plan({
      lines: [one(t(15), 2), one(t(1))],
      customer: gold,
      tenders: [{ method: 'CARD', cents: 123 }, cash()],
    }),
    plan({
      lines: [one(t(16), 3)],
      tenders: [{ method: 'NETS', cents: 50 }, { method: 'PAYNOW', cents: 31 }, cash(200_00)],
    }),
    plan({
      lines: [
        { item: t(17), pieces: 3, off: { percent: 5 } },
        one(u(1)),
        { item: t(2), pieces: 1, off: { cents: 10 } },
      ],
      billOff: { percent: 7 },
      customer: gold,
      tenders: [{ method: 'PAYNOW', cents: 77 }, all('CARD')],
    }),
    plan({ lines: [one(t(18))], tenders: [cash(50_00)] }, 'search'),
    plan({ lines: [one(t(0), 2), one(t(4)), one(t(7))], billOff: { cents: 33 }, tenders: [cash(100_00)] }),
    plan({ lines: [one(u(0), 3), one(u(1), 2)], tenders: [all('PAYNOW')] }, 'scan', 'search'),
    plan({
      lines: [{ item: t(19), pieces: 6, off: { percent: 50 } }],
      customer: silver,
      tenders: [all('NETS')],
    }),
    plan(
      { lines: [one(t(5)), one(t(6)), one(t(8)), one(t(9))], customer: bronze, tenders: [cash()] },
      'search',
      'search',
    ),
    plan({
      lines: [one(t(3), 2), { item: u(2), pieces: 1, off: { percent: 20 } }],
      billOff: { percent: 3 },
      customer: gold,
      tenders: [{ method: 'CARD', cents: 60 }, { method: 'NETS', cents: 40 }, all('PAYNOW')],
    }),
  ]
}

function pick<T>(values: readonly T[], i: number): T {
  const value = values[i % values.length]
  if (value === undefined) throw new Error('the demo company has too little to sell')
  return value
}
