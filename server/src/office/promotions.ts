import { reviewPromotion } from '@evertill/shared/domain/promotion-review'
import { type Moment, momentAt } from '@evertill/shared/domain/promotion-time'
import {
  type PromotionDetail,
  type PromotionDraft,
  type PromotionEdit,
  type PromotionOptions,
  type PromotionReview,
  type PromotionState,
  type PromotionSummary,
  zPromotionFields,
} from '@evertill/shared/protocol/office/promotions'
import type { Problem } from '@evertill/shared/protocol/problem'
import { zText, zUuid } from '@evertill/shared/protocol/scalars'
import { z } from 'zod'
import type { Sql, SqlOrTx } from '../db/connect.ts'
import type { Granted } from '../db/queries/office-granted.ts'
import { listCategories } from '../db/queries/office-products.ts'
import {
  categoriesOf,
  countGoods,
  exampleGoods,
  goodsByPrice,
  listTiers,
  type NamedIds,
  namesOf,
  pricingRules,
  productsNamed,
} from '../db/queries/office-promotion-goods.ts'
import {
  endPromotion,
  findPromotion,
  insertPromotion,
  listPromotions,
  livePromotions,
  type StoredPromotion,
  updatePromotion,
} from '../db/queries/office-promotions.ts'
import { listOutlets } from '../db/queries/office-today.ts'
import { differences } from './differences.ts'
import { PAGE_SIZE, type Page, pageOf, zCursor } from './page.ts'
import { type OfficeWrite, recordedChange } from './recorded-change.ts'
import { type Refused, refused } from './refused.ts'

/*
 * An ended promotion is a tombstone to the tills and history here. What a sale was given stands in the sale: no
 * change of a promotion reaches back to it.
 */

export const zPromotionCursor = zCursor(z.tuple([z.int().min(0).max(2), zText(200), zUuid]))

export interface PromotionFilter {
  readonly q?: string | undefined
  readonly state?: PromotionState | undefined
  readonly cursor?: [number, string, string] | undefined
}

type Clock = () => Date
type Viewing = Granted<'catalogue.view'>
type Editing = Granted<'catalogue.edit'>

export async function promotionsPage(
  sql: Sql,
  granted: Viewing,
  { q, state, cursor }: PromotionFilter,
  now: Clock,
): Promise<Page<PromotionSummary>> {
  const after = cursor && { rank: cursor[0], listKey: cursor[1], promotionId: cursor[2] }
  const { moment } = await companyClock(sql, granted, now)
  const rows = await listPromotions(sql, granted, { q, state }, moment, { after, limit: PAGE_SIZE + 1 })
  const goods = rows.flatMap(({ terms }) => (terms.goods.kind === 'some' ? [terms.goods] : []))
  const names = await namesOf(sql, granted, {
    categories: goods.flatMap(({ categoryIds }) => categoryIds),
    tiers: rows.flatMap(({ terms }) => terms.tierIds),
    products: goods.flatMap(({ productIds }) => productIds.slice(0, 1)),
  })
  return pageOf(
    rows,
    (row) => [row.rank, row.listKey, row.promotionId],
    (row) => summaryOf(row, names),
  )
}

const UNKNOWN = 'unknown'

function summaryOf(row: StoredPromotion, names: NamedIds): PromotionSummary {
  const { promotionId, name, state, from, until } = row
  const { offer, hours, stacking, goods, tierIds } = row.terms
  return {
    promotionId,
    state,
    endedAt: row.endedAt?.toISOString() ?? null,
    name,
    from,
    until,
    offer,
    hours,
    stacking,
    goods:
      goods.kind === 'all'
        ? goods
        : {
            kind: 'some',
            products: goods.productIds.length,
            product: names.products.get(goods.productIds[0] ?? '') ?? null,
            categories: goods.categoryIds.map((id) => names.categories.get(id) ?? UNKNOWN),
          },
    tiers: tierIds.map((id) => names.tiers.get(id) ?? UNKNOWN),
  }
}

const noSuchPromotion = () => refused('not-found', 'There is no such promotion.')

export async function promotion(
  sql: Sql,
  granted: Viewing,
  promotionId: string,
  now: Clock,
): Promise<PromotionDetail | Refused> {
  const { moment } = await companyClock(sql, granted, now)
  const found = await findPromotion(sql, granted, promotionId, moment)
  if (found === undefined) return noSuchPromotion()
  const { state, endedAt, version } = found
  const fields = editOf(found)
  const named = fields.goods.kind === 'some' ? fields.goods.productIds : []
  return {
    promotionId,
    state,
    endedAt: endedAt?.toISOString() ?? null,
    version,
    promotion: fields,
    products: await productsNamed(sql, granted, named),
  }
}

export async function promotionOptions(sql: Sql, granted: Viewing, now: Clock): Promise<PromotionOptions> {
  const { moment, timeZone } = await companyClock(sql, granted, now)
  return {
    categories: await listCategories(sql, granted),
    tiers: await listTiers(sql, granted),
    ...(await pricingRules(sql, granted)),
    timeZone,
    promotions: await livePromotions(sql, granted, moment),
  }
}

/** As many as an example basket has room for. */
const MOST_EXAMPLES = 6

/** What there is to think about, before anything is saved. */
export async function review(
  sql: Sql,
  granted: Viewing,
  { promotionId, promotion: edit }: PromotionDraft,
  now: Clock,
): Promise<PromotionReview> {
  const { goods, offer } = edit
  const { moment } = await companyClock(sql, granted, now)
  const live = await livePromotions(sql, granted, moment)
  const others = live.filter((other) => other.promotionId !== promotionId)
  const named = [edit, ...others].flatMap((each) => (each.goods.kind === 'some' ? each.goods.productIds : []))
  const categories = await categoriesOf(sql, granted, [...new Set(named)])
  const own = await productsNamed(sql, granted, goods.kind === 'some' ? goods.productIds : [])
  const products = await countGoods(sql, granted, goods)
  const inSets = offer.kind === 'set' || offer.kind === 'buy-get'
  return {
    products,
    warnings: reviewPromotion(edit, {
      goods: await goodsByPrice(sql, granted, goods),
      products,
      gone: own.filter(({ gone }) => gone).length,
      others,
      categoryOf: (productId) => categories.get(productId),
      now: moment,
    }),
    examples: await exampleGoods(sql, granted, goods, { inSets, most: MOST_EXAMPLES }),
  }
}

export async function addPromotion(
  write: OfficeWrite,
  granted: Editing,
  { promotionId, promotion: edit }: { promotionId: string; promotion: PromotionEdit },
): Promise<{ promotionId: string } | Refused> {
  return recordedChange<{ promotionId: string } | Refused>(write, granted, async (tx) => {
    const refusal = await refuseEdit(tx, granted, edit)
    if (refusal !== undefined) return { answer: refusal }
    if (await insertPromotion(tx, granted, promotionId, edit)) {
      const detail = { promotionId, ...edit }
      return { answer: { promotionId }, changed: { action: 'promotion.added', detail } }
    }
    const { moment } = await companyClock(tx, granted, write.now)
    const stored = await findPromotion(tx, granted, promotionId, moment)
    const isSame = stored !== undefined && differences(editOf(stored), inOrder(edit)).length === 0
    return { answer: isSame ? { promotionId } : addedBefore() }
  })
}

export async function editPromotion(
  write: OfficeWrite,
  granted: Editing,
  promotionId: string,
  { version, promotion: edit }: { version: string; promotion: PromotionEdit },
): Promise<undefined | Refused> {
  return recordedChange<undefined | Refused>(write, granted, async (tx) => {
    const { moment } = await companyClock(tx, granted, write.now)
    const before = await findPromotion(tx, granted, promotionId, moment)
    if (before === undefined) return { answer: noSuchPromotion() }
    if (before.state === 'ended')
      return { answer: refused('conflict', 'This promotion has ended. Copy it to run it once more.') }
    const changes = differences(editOf(before), inOrder(edit))
    // Whoever saves what is there already, after somebody else or a second time, has what they wanted.
    if (changes.length === 0) return { answer: undefined }
    if (before.version !== version) return { answer: changedMeanwhile() }
    const refusal = await refuseEdit(tx, granted, edit)
    if (refusal !== undefined) return { answer: refusal }
    await updatePromotion(tx, granted, promotionId, edit)
    const detail = { promotionId, name: edit.name, changes }
    return { answer: undefined, changed: { action: 'promotion.edited', detail } }
  })
}

/** Takes it off the tills at once, whatever its last day is. Ending it again changes nothing. */
export async function stopPromotion(
  write: OfficeWrite,
  granted: Editing,
  promotionId: string,
  version: string,
): Promise<undefined | Refused> {
  return recordedChange<undefined | Refused>(write, granted, async (tx) => {
    const { moment } = await companyClock(tx, granted, write.now)
    const before = await findPromotion(tx, granted, promotionId, moment)
    if (before === undefined) return { answer: noSuchPromotion() }
    if (before.endedAt !== null) return { answer: undefined }
    if (before.version !== version) return { answer: changedMeanwhile() }
    await endPromotion(tx, granted, promotionId, write.now())
    const detail = { promotionId, name: before.name }
    return { answer: undefined, changed: { action: 'promotion.ended', detail } }
  })
}

/** Whoever asks again after a lost answer has what they wanted; what they changed meanwhile is not passed over. */
const addedBefore = () =>
  refused(
    'conflict',
    'This promotion was added already, as it was when you first saved it. Open it from the list to change it.',
  )

const changedMeanwhile = () =>
  refused('conflict', 'Somebody else changed this promotion since you opened it. Nothing of yours is saved.')

/** In the order of the fields of an edit, so that the two can be held against each other. */
const editOf = ({ name, priority, from, until, terms }: StoredPromotion): PromotionEdit =>
  inOrder({ name, priority, from, until, ...terms })

// Postgres keeps no order of a document's keys; the schema has one.
const inOrder = (edit: PromotionEdit): PromotionEdit => zPromotionFields.parse(edit)

/** What the wall of the company's first outlet shows: its list is one, wherever its outlets are. */
async function companyClock(
  sql: SqlOrTx,
  granted: Viewing | Editing,
  now: Clock,
): Promise<{ moment: Moment; timeZone: string }> {
  const [first] = await listOutlets(sql, granted)
  const timeZone = first?.timeZone ?? 'UTC'
  return { moment: momentAt(now(), timeZone), timeZone }
}

/** Why it cannot be: it points at what is not the company's. */
async function refuseEdit(
  sql: SqlOrTx,
  granted: Editing,
  { goods, tierIds }: PromotionEdit,
): Promise<Refused | undefined> {
  const { productIds, categoryIds } = goods.kind === 'some' ? goods : { productIds: [], categoryIds: [] }
  const known = await namesOf(sql, granted, { categories: categoryIds, tiers: tierIds, products: productIds })
  const wrong: NonNullable<Problem['fields']> = []
  const check = (path: string, ids: readonly string[], names: ReadonlyMap<string, string>, what: string) => {
    for (const [i, id] of ids.entries())
      if (!names.has(id)) wrong.push({ path: `${path}.${i}`, message: `is not one of your ${what}` })
  }
  check('goods.productIds', productIds, known.products, 'products')
  check('goods.categoryIds', categoryIds, known.categories, 'categories')
  check('tierIds', tierIds, known.tiers, 'tiers')
  return wrong.length > 0 ? refused('bad-request', 'The promotion has wrong fields.', wrong) : undefined
}
