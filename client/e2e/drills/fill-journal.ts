import { sealEntry } from '@evertill/shared/domain/journal-hash'
import type { SaleEntry } from '@evertill/shared/protocol/entry'
import type { Page } from '@playwright/test'
import { v7 } from 'uuid'
import { readJournal } from '../journal.ts'

const AT_A_TIME = 5000
const MINUTE_MS = 60_000

interface Row {
  readonly tillId: string
  readonly epoch: number
  readonly seq: number
  readonly id: string
  readonly hash: string
  readonly raw: string
  readonly at: string
}

/** Makes the journal `entries` long by sales like its last one, sealed and chained as the till would have. */
export async function fillJournal(page: Page, entries: number): Promise<void> {
  const last = (await readJournal(page)).at(-1)
  if (last === undefined) throw new Error('the journal has no sale to go by')
  const sale = JSON.parse(last.raw) as SaleEntry
  let prev = last.hash
  for (let seq = last.seq + 1; seq <= entries; ) {
    const rows: Row[] = []
    for (; seq <= entries && rows.length < AT_A_TIME; seq++) {
      const at = new Date(Date.parse(sale.at) + seq * MINUTE_MS).toISOString()
      const receiptNo = sale.body.receiptNo.replace(/\d+$/, String(seq).padStart(6, '0'))
      const entry = { ...sale, id: v7(), seq, prev, at, body: { ...sale.body, receiptNo } }
      const { id, hash, raw } = sealEntry(entry)
      rows.push({ tillId: sale.tillId, epoch: sale.epoch, seq, id, hash, raw, at })
      prev = hash
    }
    await page.evaluate(putRows, rows)
  }
}

async function putRows(rows: readonly Row[]): Promise<void> {
  const open = indexedDB.open('evertill')
  await new Promise((resolve, reject) => {
    open.onsuccess = resolve
    open.onerror = reject
  })
  const transaction = open.result.transaction(['journal', 'state'], 'readwrite')
  const journal = transaction.objectStore('journal')
  for (const row of rows) journal.add({ ...row, kind: 'sale', fate: 'waiting' })
  const state = transaction.objectStore('state')
  const counters = state.get('counters')
  counters.onsuccess = () => {
    const { seq, hash } = rows.at(-1) ?? {}
    state.put({ key: 'counters', value: { ...counters.result.value, seq, hash, receipts: seq } })
  }
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve
    transaction.onerror = reject
    transaction.onabort = reject
  })
  open.result.close()
}
