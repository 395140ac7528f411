import { canonicalJson } from '@evertill/shared/domain/canonical-json'
import { GENESIS, sha256Hex } from '@evertill/shared/domain/journal-hash'
import { checkSale } from '@evertill/shared/domain/sale'
import { type Entry, zEntry } from '@evertill/shared/protocol/entry'
import type { Page } from '@playwright/test'

/** What a till's IndexedDB holds, of one moment. */
export interface StoredTill {
  readonly journal: readonly StoredEntry[]
  readonly cart: { readonly lines: readonly StoredLine[] }
  readonly tenders: readonly unknown[]
  readonly counters: { readonly seq: number; readonly hash: string; readonly receipts: number } | undefined
  readonly stock: readonly { readonly productId: string; readonly sold: number }[]
  /** What the last talk with the server came to, if it failed. */
  readonly problem: unknown
}

export interface StoredEntry {
  readonly seq: number
  readonly id: string
  readonly kind: string
  readonly fate: string
  readonly hash: string
  readonly raw: string
  readonly overlaid?: 1
}

export interface StoredLine {
  readonly productId: string
  readonly quantity: number
}

/** Read in one transaction, behind the app's back. */
export async function readStoredTill(page: Page): Promise<StoredTill> {
  return page.evaluate(async () => {
    const open = indexedDB.open('evertill')
    await new Promise((resolve, reject) => {
      open.onsuccess = resolve
      open.onerror = reject
    })
    const transaction = open.result.transaction(['journal', 'state', 'stock'])
    const journal = transaction.objectStore('journal').getAll()
    const openSale = transaction.objectStore('state').get('openSale')
    const counters = transaction.objectStore('state').get('counters')
    const stock = transaction.objectStore('stock').getAll()
    const contact = transaction.objectStore('state').get('contact')
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve
      transaction.onerror = reject
    })
    open.result.close()
    return {
      journal: journal.result,
      cart: openSale.result?.value.cart ?? { lines: [] },
      tenders: openSale.result?.value.tenders ?? [],
      counters: counters.result?.value,
      stock: stock.result,
      problem: contact.result?.value.lastProblem,
    }
  })
}

/** What is not as one whole transaction after another would have left it. */
export function tornParts({ journal, counters, stock }: StoredTill): string[] {
  const torn: string[] = []
  let prev = GENESIS
  let receipts = 0
  const overlay = new Map<string, number>()
  for (const [i, row] of journal.entries()) {
    const at = `entry ${row.seq}`
    if (row.seq !== i + 1) torn.push(`${at} stands where ${i + 1} belongs`)
    if (sha256Hex(row.raw) !== row.hash) torn.push(`${at} is not the text that was hashed`)
    const entry = readEntry(row.raw)
    if (entry === undefined) {
      torn.push(`${at} cannot be read`)
      continue
    }
    if (canonicalJson(entry) !== row.raw) torn.push(`${at} is not in canonical form`)
    if (entry.prev !== prev) torn.push(`${at} does not follow the one before it`)
    if (entry.id !== row.id || entry.seq !== row.seq || entry.kind !== row.kind)
      torn.push(`${at} is filed under other words than its own`)
    prev = row.hash
    if (entry.kind !== 'sale') continue
    receipts++
    if (checkSale(entry.body).length > 0) torn.push(`${at} does not add up`)
    if (!entry.body.receiptNo.endsWith(`-${String(receipts).padStart(6, '0')}`))
      torn.push(`${at} has the receipt ${entry.body.receiptNo} where number ${receipts} belongs`)
    if (row.overlaid === 1)
      for (const { productId, quantity } of entry.body.lines)
        overlay.set(productId, (overlay.get(productId) ?? 0) + quantity)
  }
  if ((counters?.seq ?? 0) !== journal.length || (counters?.hash ?? GENESIS) !== prev)
    torn.push(`the counters say entry ${counters?.seq}, the journal has ${journal.length}`)
  if ((counters?.receipts ?? 0) !== receipts)
    torn.push(`the counters say ${counters?.receipts} receipts, the journal has ${receipts}`)
  for (const { productId, sold } of stock) {
    if (sold !== (overlay.get(productId) ?? 0))
      torn.push(
        `${sold} of ${productId} are laid over its stock, the journal says ${overlay.get(productId) ?? 0}`,
      )
    overlay.delete(productId)
  }
  for (const productId of overlay.keys()) torn.push(`nothing is laid over the stock of ${productId}`)
  return torn
}

/** The entry as its text has it, with the fields that the schema does not know. */
function readEntry(raw: string): Entry | undefined {
  try {
    const entry: unknown = JSON.parse(raw)
    return zEntry.safeParse(entry).success ? (entry as Entry) : undefined
  } catch {
    return undefined
  }
}
