import type {
  CategoryRow,
  CompanySettings,
  CustomerRow,
  OutletRow,
  PaymentMethodRow,
  ProductRow,
  StaffRow,
  TaxCodeRow,
  TierRow,
} from '@evertill/shared/protocol/pull'
import type { PricingFacts } from './price-sale.ts'
import { nameKey } from './product-index.ts'
import type { StateValues } from './state.ts'
import type { TimeKnown } from './till-clock.ts'
import type { TillDatabase } from './till-database.ts'

/** By whom and how is sold: sorted for the screen, without what was withdrawn. Products are many: see product-lists. */
export interface Catalogue {
  readonly company: CompanySettings
  readonly outlet: OutletRow
  /** A revoked till keeps and sends what it holds, and should start no new sale. */
  readonly tillState: 'active' | 'revoked'
  readonly categories: readonly CategoryRow[]
  readonly taxCodes: readonly TaxCodeRow[]
  readonly paymentMethods: readonly PaymentMethodRow[]
  /** Those that were retired too: papers name them still. */
  readonly knownMethods: readonly PaymentMethodRow[]
  readonly tiers: readonly TierRow[]
  readonly staff: readonly StaffRow[]
  /** For `staffName` alone: they sign in and approve no more. */
  readonly formerStaff: StateValues['formerStaff']
  /** For `priceSale`. */
  readonly pricing: PricingFacts & TimeKnown
}

type FactValues = [
  company: StateValues['company'] | undefined,
  outlet: StateValues['outlet'] | undefined,
  tillState: StateValues['tillState'] | undefined,
  clockOffsetMs: StateValues['clockOffsetMs'] | undefined,
  heardAt: StateValues['heardAt'] | undefined,
  formerStaff: StateValues['formerStaff'] | undefined,
]

/** Undefined until the first pull has been written down. */
export async function readCatalogue(db: TillDatabase): Promise<Catalogue | undefined> {
  const { state, category, taxCode, paymentMethod, tier, staff, promotion } = db
  const tables = [state, category, taxCode, paymentMethod, tier, staff, promotion]
  return db.transaction('r', tables, async () => {
    // Read straight from the table: within a live query a browser loses the transaction on its way back from an async
    // function that calls another (see readFormerTills).
    const rows = await state.bulkGet([
      'company',
      'outlet',
      'tillState',
      'clockOffsetMs',
      'heardAt',
      'formerStaff',
    ])
    const [company, outlet, tillState = 'active', clockOffsetMs = 0, heardAt, formerStaff = {}] = rows.map(
      (row) => row?.value,
    ) as FactValues
    if (company === undefined || outlet === undefined) return undefined
    const allTaxCodes = await taxCode.toArray()
    const knownMethods = await paymentMethod.toArray()
    return {
      company,
      outlet,
      tillState,
      categories: (await category.toArray()).sort((a, b) => a.position - b.position || byName(a, b)),
      taxCodes: allTaxCodes.filter((row) => !row.deleted).sort((a, b) => compare(a.code, b.code)),
      paymentMethods: knownMethods
        .filter((row) => !row.deleted)
        .sort((a, b) => a.position - b.position || byName(a, b)),
      knownMethods,
      tiers: (await tier.toArray()).sort((a, b) => a.spendFrom - b.spendFrom || byName(a, b)),
      staff: (await staff.toArray()).sort(byName),
      formerStaff,
      pricing: {
        company,
        outlet,
        taxCodes: allTaxCodes,
        promotions: await promotion.toArray(),
        clockOffsetMs,
        ...(heardAt !== undefined && { heardAt }),
      },
    }
  })
}

/** What a way to pay is called; its code where this till never knew it. */
export const methodName = ({ knownMethods }: Pick<Catalogue, 'knownMethods'>, code: string): string =>
  knownMethods.find((method) => method.code === code)?.name ?? code

/** What somebody is called who sells here or did; a dash where this till never knew them. */
export const staffName = (
  { staff, formerStaff }: Pick<Catalogue, 'staff' | 'formerStaff'>,
  id: string,
): string => staff.find(({ staffId }) => staffId === id)?.name ?? formerStaff[id] ?? '—'

/** All of them, in the order of their names: for those who have the time, which no screen has. */
export async function readProducts(db: TillDatabase): Promise<ProductRow[]> {
  const keyed = (await db.product.toArray()).map((row) => ({ row, key: nameKey(row.name) }))
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ row }) => row)
}

/**
 * The product a scanned code stands for: by its barcode, else by its SKU. A UPC-A is found under its EAN-13 form and
 * the other way round.
 */
export async function findByCode(db: TillDatabase, scanned: string): Promise<ProductRow | undefined> {
  const code = scanned.trim()
  return (await findByBarcode(db, code)) ?? db.product.where('sku').equalsIgnoreCase(code).first()
}

/** The same by its barcode alone. */
export async function findByBarcode(db: TillDatabase, code: string): Promise<ProductRow | undefined> {
  const same = /^\d{12}$/.test(code) ? [`0${code}`] : /^0\d{12}$/.test(code) ? [code.slice(1)] : []
  for (const candidate of [code, ...same]) {
    const found = await db.product.where('barcodes').equals(candidate).first()
    if (found !== undefined) return found
  }
  return undefined
}

/** What is sold by weight is shown by weight, wherever its lines are. */
export const readUnit = async (db: TillDatabase, productId: string): Promise<ProductRow['unit']> =>
  (await db.product.get(productId))?.unit ?? 'each'

/** Undefined where head office has deleted them, or has not told of them yet. */
export const findCustomer = (db: TillDatabase, customerId: string): Promise<CustomerRow | undefined> =>
  db.customer.get(customerId).then((found) => {
    if (found === undefined) return undefined
    const { words: _, ...row } = found
    return row
  })

/** Customers whose name, phone or code has a word beginning with every word typed. */
export async function searchCustomers(db: TillDatabase, text: string, limit: number): Promise<CustomerRow[]> {
  const [first, ...others] = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (first === undefined) return []
  const found = await db.customer
    .where('words')
    .startsWith(first)
    .distinct()
    .and((row) => others.every((other) => row.words.some((word) => word.startsWith(other))))
    .limit(limit)
    .toArray()
  return found.map(({ words: _, ...row }) => row).sort(byName)
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const compare = (a: string, b: string) => collator.compare(a, b)
const byName = (a: { name: string }, b: { name: string }) => compare(a.name, b.name)
