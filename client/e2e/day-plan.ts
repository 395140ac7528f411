import { minor, ppm } from '@evertill/shared/domain/money'
import type { RungUp, RungUpSale } from './day-hand.ts'
import type { DayCustomer } from './day-reckoning.ts'
import type { DayOffers, Goods } from './day-shop.ts'
import { sum } from './expectation.ts'
import type { Sql } from './server-process.ts'

/** Goods for a plan: those with offers or too few on the shelf are not taken by chance. */
export class Shelf {
  readonly #goods: readonly Goods[]
  readonly #plain: readonly Goods[]
  readonly #taken = new Map<string, number>()

  constructor(goods: readonly Goods[], offers: DayOffers) {
    this.#goods = goods
    const onOffer = new Set([offers.threeForTwo, offers.centsOff, offers.memberPrice])
    this.#plain = goods.filter(
      ({ category, onHand, openPrice, unit, price, name, sku }) =>
        unit === 'each' &&
        !openPrice &&
        onHand >= 40 &&
        price >= 100 &&
        !/^SNK-00[356]$/.test(sku) &&
        category !== 'Personal Care' &&
        category !== offers.happyHour &&
        ![...onOffer].some((offered) => offered.name === name),
    )
  }

  bySku(sku: string): Goods {
    const found = this.#goods.find((goods) => goods.sku === sku)
    if (found === undefined) throw new Error(`the demo company sells no ${sku}`)
    return found
  }

  /** Each is taken once before any is taken again, so that no cart has the same goods twice. */
  any(random: () => number): Goods {
    const fewest = Math.min(...this.#plain.map(({ sku }) => this.#taken.get(sku) ?? 0))
    const open = this.#plain.filter(({ sku }) => (this.#taken.get(sku) ?? 0) === fewest)
    return this.#take(open[Math.floor(random() * open.length)])
  }

  /** Whatever is taxed and costs nearest to so much. */
  about(cents: number): Goods {
    const distance = ({ price }: Goods) => Math.abs(price - cents)
    const taxed = this.#plain.filter(({ taxKind }) => taxKind === 'standard')
    return this.#take(taxed.sort((a, b) => distance(a) - distance(b))[0])
  }

  /** What most customers are: a few things, paid at once. */
  anySale(random: () => number): RungUpSale {
    const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T
    const lines = Array.from(
      { length: pick([1, 1, 2, 2, 3]) },
      (): RungUp => ({ goods: this.any(random), quantity: pick([1000, 1000, 1000, 2000]) }),
    )
    if (random() < 0.3) lines.push({ goods: this.bySku(pick(['HOT-002', 'HOT-006', 'HOT-010'])) })
    const method = pick(['CASH', 'CASH', 'CASH', 'CARD', 'NETS', 'PAYNOW'] as const)
    const handed = method === 'CASH' && random() < 0.3
    return { lines, tenders: [{ method, ...(handed && { cents: 100_00 }) }] }
  }

  #take(goods: Goods | undefined): Goods {
    if (goods === undefined) throw new Error('the demo company has too little to sell')
    this.#taken.set(goods.sku, (this.#taken.get(goods.sku) ?? 0) + 1)
    return goods
  }
}

export interface People {
  readonly cashier: string
  readonly supervisor: string
  /** Another one each time. */
  readonly member: (tier: string, points?: number) => DayCustomer
}

export async function readPeople(sql: Sql): Promise<People> {
  const staff = await sql<{ staff_id: string; name: string }[]>`select staff_id, name from staff`
  const idOf = (name: string) => {
    const person = staff.find((row) => row.name === name)
    if (person === undefined) throw new Error(`nobody of the staff is called ${name}`)
    return person.staff_id
  }
  const rows = await sql<(DayCustomer & { points: number })[]>`
    select c.customer_id as "customerId", c.name, c.code, t.name as tier, t.multiplier_ppm as "multiplierPpm",
      coalesce(b.points, 0) as points
    from customer c join tier t using (company_id, tier_id)
    left join points_balance b using (company_id, customer_id)
    where c.deleted_at is null order by c.code`
  const members = [...rows]
  return {
    cashier: idOf('Lim Jun Wei'),
    supervisor: idOf('Muhammad Faizal'),
    member: (tier, points = 0) => {
      const at = members.findIndex((row) => row.tier === tier && row.points >= points)
      const [member] = at < 0 ? [] : members.splice(at, 1)
      if (member === undefined) throw new Error(`the demo company has no such ${tier} member`)
      return member
    },
  }
}

/** The label of a scale: a prefix, the code on the scale, five digits of grams or cents, and the check digit. */
export function label(prefix: string, itemCode: string, value: number): string {
  const digits = `${prefix}${itemCode}${String(value).padStart(5, '0')}`
  const weighted = sum([...digits].map((digit, i) => Number(digit) * (i % 2 === 0 ? 1 : 3)))
  return `${digits}${(10 - (weighted % 10)) % 10}`
}

export const percent = (of: number) => ({ kind: 'percent', ratePpm: ppm(of * 10_000) }) as const
export const amount = (cents: number) => ({ kind: 'amount', amount: minor(cents) }) as const

/** Mulberry32: the same day every time. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
