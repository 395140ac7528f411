import { gzipSync } from 'node:zlib'
import type { SealedEntry } from '@evertill/shared/domain/journal-hash'
import { PACK_FROM_CHARS, PUSH_CONTENT_TYPE } from '@evertill/shared/protocol/push'
import type { Sql } from '../src/db/connect.ts'
import { createEnrolmentCode } from '../src/db/queries/enrolment.ts'
import { type ReadableLine, readLine } from '../src/replay/read-line.ts'
import { addTill, createShop, journalOf, pushBytes, type Shop } from '../test/shop.ts'
import { enrolTillClient, type TillClient } from '../test/till-client.ts'
import { type Baskets, pricesOf, saleMaker } from './baskets.ts'
import { postBytes } from './connection.ts'

/** A shop that sells what the baskets hold. */
export type ShopOfBaskets = {
  readonly shop: Shop
  /** Sales of these tills, in the order in which they were made, one after the other in turn. */
  sales(tillIds: readonly string[], count: number): Generator<{ till: number; sealed: SealedEntry }>
}

export async function openShop(sql: Sql, { baskets }: Baskets): Promise<ShopOfBaskets> {
  const names = [...new Set(baskets.flat())]
  const shop = await createShop(sql, { products: names.length, openingStock: 1_000_000_000 })
  // At head office's own prices, as honest tills sell: a sale at another one makes the server ask what held when.
  await sql`
    update product p set price = b.price
    from unnest(${sql.array([...shop.productIds], 2950)}, ${sql.array(pricesOf(names), 20)}) as b(product_id, price)
    where p.company_id = ${shop.companyId} and p.product_id = b.product_id`
  const saleOf = saleMaker(names, shop.productIds, shop.customerId)
  return {
    shop,
    *sales(tillIds, count) {
      const journals = tillIds.map((tillId) => journalOf(shop, tillId))
      for (let no = 0; no < count; no++) {
        const till = no % journals.length
        const sealed = journals[till]?.sell(saleOf(baskets[no % baskets.length] ?? [], no))
        if (sealed) yield { till, sealed }
      }
    },
  }
}

let tillNo = 0
const addTills = (sql: Sql, shop: Shop, count: number): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, () => addTill(sql, shop, `T${++tillNo}`)))

/** What the server makes of the tills' lines before it asks the database. */
export async function readableLines(
  sql: Sql,
  { shop, sales }: ShopOfBaskets,
  tills: number,
  count: number,
): Promise<ReadableLine[][]> {
  const tillIds = await addTills(sql, shop, tills)
  const lines: ReadableLine[][] = tillIds.map(() => [])
  for (const { till, sealed } of sales(tillIds, count)) {
    const owner = { till_id: tillIds[till] ?? '', outlet_ids: [shop.outletId] }
    const line = readLine(Buffer.from(`${sealed.hash} ${sealed.raw}`), owner)
    if (!line.readable) throw new Error(line.reason)
    lines[till]?.push(line)
  }
  return lines
}

export type Push = { readonly body: Uint8Array; readonly entries: number; readonly encoding?: 'gzip' }
export type LoadedTill = { readonly client: TillClient; readonly pushes: readonly Push[] }

/** Enrolled tills with their pushes packed: packing is the tills' work, it is done before the clock runs. */
export async function loadTills(
  sql: Sql,
  origin: string,
  { shop, sales }: ShopOfBaskets,
  { tills, count, perPush }: { tills: number; count: number; perPush: number },
): Promise<LoadedTill[]> {
  const tillIds = await addTills(sql, shop, tills)
  const clients = await Promise.all(tillIds.map((tillId) => enrol(sql, origin, shop, tillId)))
  const pushes = tillIds.map((): Push[] => [])
  const open = tillIds.map((): SealedEntry[] => [])
  const pack = (till: number) => {
    const entries = open[till]?.splice(0) ?? []
    if (entries.length > 0) pushes[till]?.push(packed(entries))
  }
  for (const { till, sealed } of sales(tillIds, count)) {
    if (open[till]?.push(sealed) === perPush) pack(till)
  }
  open.forEach((_, till) => {
    pack(till)
  })
  return clients.map((client, till) => ({ client, pushes: pushes[till] ?? [] }))
}

/** As a till sends it: small ones as they are. */
function packed(entries: readonly SealedEntry[]): Push {
  const body = pushBytes(entries)
  if (body.length < PACK_FROM_CHARS) return { body, entries: entries.length }
  return { body: gzipSync(body), entries: entries.length, encoding: 'gzip' }
}

async function enrol(sql: Sql, origin: string, { companyId }: Shop, tillId: string): Promise<TillClient> {
  const { code } = await createEnrolmentCode(sql, { companyId, tillId, now: new Date() })
  // An address each: from one, so many enrolments would be taken for guessing.
  const address = `10.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}`
  const send = (path: string, init: RequestInit) =>
    fetch(origin + path, {
      ...init,
      headers: { ...(init.headers as Record<string, string>), 'x-forwarded-for': address },
    })
  return enrolTillClient(send, code)
}

/** The bytes of the request that carries a push, signed now: its token holds for two minutes. */
export async function signedPush(client: TillClient, { body, encoding }: Push): Promise<Buffer> {
  const authorization = await client.authorization('POST', '/api/push', body)
  const headers = {
    'content-type': PUSH_CONTENT_TYPE,
    ...(encoding && { 'content-encoding': encoding }),
    authorization,
  }
  return postBytes('/api/push', headers, body)
}
