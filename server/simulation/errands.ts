import { minor } from '@evertill/shared/domain/money'
import type { Permission } from '@evertill/shared/domain/permission'
import { completeRefund, completeVoid } from '@evertill/shared/domain/refund'
import type { SaleRules } from '@evertill/shared/domain/sale'
import { type OracleSale, oracleSale } from '@evertill/shared/testing/sale-oracle'
import type { OpenSale } from '../../client/src/store/cart.ts'
import { recentPapers } from '../../client/src/store/journal.ts'
import { nameBuyer } from '../../client/src/store/record-buyer.ts'
import { registerCustomer } from '../../client/src/store/record-customer.ts'
import { emailReceipt } from '../../client/src/store/record-email.ts'
import { recordExchange } from '../../client/src/store/record-exchange.ts'
import { recordBlindRefund, recordRefund, recordVoid } from '../../client/src/store/record-refund.ts'
import { closeShift, moveCash, openDrawer, openShift } from '../../client/src/store/record-shift.ts'
import { countStock } from '../../client/src/store/record-stock.ts'
import { blindLine, bringBack, RATES, type Stocked } from './basket.ts'
import type { Page } from './browser.ts'
import { staffId } from './company.ts'
import { exchangeGoods } from './exchange-goods.ts'
import type { Random } from './random.ts'
import { anyOriginal, anyPicks, anyWays } from './take-back.ts'

/*
 * What cashiers do besides selling, by the store's own functions. Who stands at the till may do some of it; for the
 * rest a supervisor gives the override, or is not asked and the till refuses.
 */

export const ERRANDS = [
  'open-shift',
  'close-shift',
  'move-cash',
  'refund',
  'void',
  'refund-blind',
  'exchange',
  'register',
  'count-stock',
  'open-drawer',
  'email',
  'name-buyer',
] as const
export type Errand = (typeof ERRANDS)[number]

/** Goods that went out: what was rung up and given for them, and what it must come to by the oracle. */
export interface Sold {
  readonly id: string
  readonly openSale: OpenSale
  readonly rules: SaleRules
  readonly expected: OracleSale
}

/** One errand: what was asked of the till, and what its screen said. */
export interface Deed {
  readonly errand: Errand
  readonly browser: string
  /** Every id that was minted for it, in order. */
  readonly ids: string[]
  /** A supervisor let it pass. */
  override?: Permission
  /** What must stand in the entry's body, as it was asked for. */
  asked: Readonly<Record<string, unknown>>
  /** Of a refund without a receipt: what its lines must come to, as if they had been sold. */
  blind?: OracleSale
  /** Of an exchange: the goods that go out, and what their sale must come to. */
  sold?: Omit<Sold, 'id'>
  /** The entries that the screen said are recorded; without them nobody can say. */
  done?: readonly string[]
  refused?: string
}

/** Refusals that two tabs, a changed clock or a careless cashier explain; any other is a defect. */
const EXPLAINED: Readonly<Record<Errand, readonly string[]>> = {
  'open-shift': ['shift-open'],
  // A page may have died between two payments of a sale.
  'close-shift': ['no-shift', 'money-on-counter'],
  'move-cash': [],
  refund: ['total-changed', 'ways-changed', 'over-refund'],
  void: ['another-day', 'already-refunded', 'total-changed', 'value-spent'],
  'refund-blind': [],
  exchange: ['total-changed', 'price-changed', 'ways-changed', 'over-refund', 'points-short', 'value-short'],
  register: [],
  'count-stock': [],
  'open-drawer': [],
  email: ['too-many-emails'],
  'name-buyer': [],
}
export const isExplained = ({ errand }: Deed, code: string): boolean =>
  ['not-enrolled', 'not-allowed', ...EXPLAINED[errand]].includes(code)

/** As in company.sql. */
const MAY: ReadonlySet<Permission> = new Set([
  'sale.refund',
  'shift.open',
  'shift.close',
  'cash.move',
  'customer.register',
  'drawer.open',
])
const SUPERVISOR = staffId(3)

export interface Registered {
  readonly customerId: string
  readonly name: string
}
interface Recorded {
  readonly entry: { readonly id: string }
}
export interface Desk {
  readonly page: Page
  readonly catalogue: Stocked
  readonly random: Random
  readonly rules: SaleRules
  readonly newId: () => string
}

/**
 * Runs one errand. Undefined where there was nothing to do it with: no sale to take back.
 * The deed is told of before the till is asked, for the page may die in between.
 */
export async function runErrand(
  desk: Desk,
  deed: Deed,
): Promise<Recorded | { readonly code: string } | undefined> {
  const { page, catalogue, random, rules, newId } = desk
  const { db, browser } = page
  const by = <P extends Permission>(permission: P) => {
    const asksForIt = !MAY.has(permission) && random.chance(0.9)
    if (asksForIt) deed.override = permission
    return {
      staffId: staffId(random.int(1, 2)),
      now: browser.now(),
      newId: () => {
        const id = newId()
        deed.ids.push(id)
        return id
      },
      ...(asksForIt && { approval: { permission, approvedBy: SUPERVISOR } }),
    }
  }
  const ask = <T extends Readonly<Record<string, unknown>>>(asked: T): T => {
    deed.asked = asked
    return asked
  }
  const reason = `for a reason ${random.int(1, 9)}`
  switch (deed.errand) {
    case 'open-shift':
      return openShift(db, { ...by('shift.open'), ...ask({ float: minor(random.int(0, 40) * 500) }) })
    case 'close-shift': {
      const counted = [{ methodCode: 'CASH', amount: minor(random.int(0, 100_000)) }]
      return closeShift(db, { ...by('shift.close'), counted, ...ask({ note: reason }) })
    }
    case 'move-cash': {
      const moved = {
        direction: random.pick(['in', 'out'] as const),
        amount: minor(random.int(1, 20_000)),
        reason,
      }
      return moveCash(db, { ...by('cash.move'), ...ask(moved), certain: true })
    }
    case 'open-drawer':
      return openDrawer(db, { ...by('drawer.open'), ...ask({ reason }) })
    case 'email': {
      // Nobody needs a permission for it: `by` is given one that every cashier has.
      const papers = await recentPapers(db, 20)
      if (papers.length === 0) return undefined
      const { entry } = random.pick(papers)
      const { customer } = entry.body
      const keep = customer !== undefined && random.chance(0.3) && { keepFor: customer.customerId }
      const email = {
        to: `c${random.int(1, 40)}@example.com`,
        copy: random.chance(0.5),
        paperId: entry.id,
        ...keep,
      }
      return emailReceipt(db, { ...by('customer.register'), language: 'en', ...ask(email) })
    }
    case 'name-buyer': {
      // The same: it is asked for as a mail is.
      const papers = await recentPapers(db, 20)
      if (papers.length === 0) return undefined
      const { entry } = random.pick(papers)
      const name = `Business ${random.int(1, 40)} Pte. Ltd.`
      const buyer = { name, address: `${random.int(1, 200)} Anson Road\nSingapore` }
      return nameBuyer(db, { ...by('customer.register'), ...ask({ paperId: entry.id, buyer }) })
    }
    case 'register': {
      const who = { name: `Newcomer ${random.int(1, 1000)}`, phone: `9${random.int(1_000_000, 9_999_999)}` }
      return registerCustomer(db, { ...by('customer.register'), ...ask(who) })
    }
    case 'count-stock': {
      const products = [...new Set([random.pick(catalogue.products), random.pick(catalogue.products)])]
      const counted = products.map(({ productId }) => ({ productId, quantity: random.int(0, 90) * 1000 }))
      return countStock(db, { ...by('stock.count'), counted, ...ask({ note: reason }) })
    }
    case 'refund-blind': {
      const lines = bringBack(random, catalogue)
      const restock = random.chance(0.7)
      const kind = random.pick(['cash', 'nets'] as const)
      const way = { methodCode: kind.toUpperCase(), kind }
      deed.blind = oracleSale({ lines }, rules, RATES, [{ ...way, amount: minor(0) }])
      ask({ reason })
      return recordBlindRefund(db, {
        ...by('sale.refund-blind'),
        reason,
        lines: lines.map((line) => blindLine(line, restock)),
        ways: [way],
        expectedTotal: minor(deed.blind.total),
      })
    }
    case 'exchange': {
      const exchange = await exchangeGoods(desk, deed)
      if (exchange === undefined || 'code' in exchange) return exchange
      ask({ reason })
      const permission = exchange.returned.kind === 'blind' ? 'sale.refund-blind' : 'sale.refund'
      return recordExchange(db, { ...by(permission), reason, ...exchange })
    }
    default: {
      const original = await anyOriginal(random, page)
      if (original === undefined) return undefined
      const paper = { receiptNo: 'as on the screen', reason }
      const { saleId } = original
      if (deed.errand === 'void') {
        // The till offers no such thing for half of an exchange.
        if (original.sale.exchange !== undefined) return undefined
        const shown = completeVoid(original, paper)
        if ('code' in shown) return shown
        ask({ reason })
        return recordVoid(db, { ...by('sale.void'), reason, saleId, expectedTotal: shown.total })
      }
      const picks = anyPicks(random, original)
      if (picks.length === 0) return undefined
      const ways = anyWays(random, original, newId)
      const shown = completeRefund(original, picks, ways, paper)
      if ('code' in shown) return shown
      ask({ reason })
      return recordRefund(db, {
        ...by('sale.refund'),
        reason,
        saleId,
        picks,
        ways,
        expectedTotal: shown.total,
      })
    }
  }
}
