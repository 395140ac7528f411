import { promotionOff } from '@evertill/shared/domain/promotion'
import { type IssuedValue, issuedTotal } from '@evertill/shared/domain/stored-value'
import { changeByTender, type Tender } from '@evertill/shared/domain/tender'
import type { Entry, EntryOf, SaleEntry } from '@evertill/shared/protocol/entry'
import type { ReplayBatch } from '../db/queries/replay.ts'
import type { ReadableLine } from './read-line.ts'

/** Lays entries out as the columns that replay() takes. */
export function toBatch(lines: readonly ReadableLine[]): ReplayBatch {
  const batch = emptyBatch()
  lines.forEach(({ entry, hash, raw, findings }, i) => {
    const position = i + 1
    addEntry(batch, entry, hash, raw)
    if (entry.kind === 'sale') addSale(batch, position, entry)
    else if (entry.kind === 'refund' || entry.kind === 'void') addRefund(batch, position, entry)
    for (const { type, detail } of findings) {
      batch.found.entry.push(position)
      batch.found.type.push(type)
      batch.found.detail.push(JSON.stringify(detail))
    }
  })
  return batch
}

function addEntry({ entries }: ReplayBatch, entry: Entry, hash: string, raw: string): void {
  entries.id.push(entry.id)
  entries.till.push(entry.tillId)
  entries.outlet.push(entry.outletId)
  entries.epoch.push(entry.epoch)
  entries.seq.push(entry.seq)
  entries.kind.push(entry.kind)
  entries.at.push(entry.at)
  entries.clockOffsetMs.push(entry.clockOffsetMs)
  entries.correctedAt.push(correctedAt(entry.at, entry.clockOffsetMs))
  entries.businessDate.push(entry.businessDate)
  entries.staff.push(entry.staffId)
  entries.prev.push(entry.prev)
  entries.hash.push(hash)
  entries.raw.push(raw)
  if (entry.shiftId !== undefined) setLast(entries.shift, entries.id, entry.shiftId)
}

function addSale(batch: ReplayBatch, position: number, { body }: SaleEntry): void {
  const { sales, lines, tenders } = batch
  sales.entry.push(position)
  sales.customer.push(body.customer?.customerId ?? null)
  sales.receiptNo.push(body.receiptNo)
  sales.currency.push(body.rules.currency)
  sales.gross.push(body.gross)
  sales.discount.push(body.discount)
  sales.tax.push(body.tax)
  sales.net.push(body.net)
  sales.rounding.push(body.rounding)
  sales.total.push(body.total)
  sales.change.push(body.change)
  sales.points.push(body.pointsEarned)
  if (body.issued !== undefined) addIssued(batch, position, body.issued, 1)

  body.lines.forEach((line, i) => {
    lines.entry.push(position)
    lines.no.push(i + 1)
    lines.product.push(line.productId)
    lines.sku.push(line.sku)
    lines.name.push(line.name)
    lines.quantity.push(line.quantity)
    lines.unitPrice.push(line.unitPrice)
    lines.discount.push(line.lineDiscount + promotionOff(line.promotions) + line.billShare)
    lines.net.push(line.net)
    lines.taxCode.push(line.taxCode)
    lines.ratePpm.push(line.ratePpm)
    lines.tax.push(line.tax)
  })

  const changes = changeByTender(body.tenders, body.change)
  body.tenders.forEach((tender, i) => {
    tenders.entry.push(position)
    tenders.no.push(i + 1)
    tenders.method.push(tender.methodCode)
    tenders.kind.push(tender.kind)
    tenders.amount.push(tender.amount)
    tenders.change.push(changes[i] ?? 0)
    tenders.reference.push(tender.reference ?? null)
    if (tender.points !== undefined) setLast(tenders.points, tenders.entry, tender.points)
    addValueLeg(tenders, tender, 1)
  })
}

/** What went back, as a sale of negative amounts. Its lines have no discount: they are shares of what was paid. */
function addRefund(batch: ReplayBatch, position: number, { body }: EntryOf<'refund' | 'void'>): void {
  const { sales, lines, tenders } = batch
  sales.entry.push(position)
  sales.customer.push(body.customer?.customerId ?? null)
  sales.receiptNo.push(body.receiptNo)
  sales.currency.push(body.rules.currency)
  sales.gross.push(-body.lines.reduce((sum, line) => sum + line.net, 0))
  sales.discount.push(0)
  sales.tax.push(-body.tax)
  sales.net.push(-body.net)
  sales.rounding.push(-body.rounding)
  sales.total.push(-body.total)
  sales.change.push(0)
  sales.points.push(-body.pointsTaken)
  if (body.issued !== undefined) addIssued(batch, position, body.issued, -1)
  if (body.original !== undefined) setLast(sales.original, sales.entry, body.original.saleId)

  body.lines.forEach((line, i) => {
    lines.entry.push(position)
    lines.no.push(i + 1)
    lines.product.push(line.productId)
    lines.sku.push(line.sku)
    lines.name.push(line.name)
    lines.quantity.push(-line.quantity)
    lines.unitPrice.push(line.unitPrice)
    lines.discount.push(0)
    lines.net.push(-line.net)
    lines.taxCode.push(line.taxCode)
    lines.ratePpm.push(line.ratePpm)
    lines.tax.push(-line.tax)
    if (body.original !== undefined) setLast(lines.originalNo, lines.entry, line.lineNo ?? 0)
    setLast(lines.restock, lines.entry, line.restock)
  })

  body.tenders.forEach((tender, i) => {
    tenders.entry.push(position)
    tenders.no.push(i + 1)
    tenders.method.push(tender.methodCode)
    tenders.kind.push(tender.kind)
    tenders.amount.push(-tender.amount)
    tenders.change.push(0)
    tenders.reference.push(tender.reference ?? null)
    if (tender.points !== undefined) setLast(tenders.points, tenders.entry, -tender.points)
    addValueLeg(tenders, tender, -1)
  })
}

function addValueLeg(tenders: ReplayBatch['tenders'], { code, forfeited }: Tender, sign: 1 | -1): void {
  if (code !== undefined) setLast(tenders.code, tenders.entry, code)
  if (forfeited !== undefined) setLast(tenders.forfeited, tenders.entry, forfeited * sign)
}

/** Codes that were sold, or taken back with a void (`sign` −1). */
function addIssued(
  { sales, issued: batch }: ReplayBatch,
  position: number,
  issued: readonly IssuedValue[],
  sign: 1 | -1,
): void {
  setLast(sales.issued, sales.entry, issuedTotal(issued) * sign)
  for (const { code, kind, amount } of issued) {
    batch.entry.push(position)
    batch.code.push(code)
    batch.kind.push(kind)
    batch.amount.push(amount * sign)
  }
}

/** Gives the last row of a group a value in a short column: the rows before it have none. */
function setLast<T>(column: (T | null)[], group: readonly unknown[], value: T): void {
  while (column.length < group.length - 1) column.push(null)
  column.push(value)
}

/** The till's time by the server's clock; the till's own where the offset makes no date of it. */
function correctedAt(at: string, clockOffsetMs: number): string {
  if (clockOffsetMs === 0) return at
  const corrected = new Date(Date.parse(at) + clockOffsetMs)
  const year = corrected.getUTCFullYear()
  return year >= 1 && year <= 9999 ? corrected.toISOString() : at
}

const emptyBatch = (): ReplayBatch => ({
  entries: {
    id: [],
    till: [],
    outlet: [],
    epoch: [],
    seq: [],
    kind: [],
    at: [],
    clockOffsetMs: [],
    correctedAt: [],
    businessDate: [],
    staff: [],
    shift: [],
    prev: [],
    hash: [],
    raw: [],
  },
  sales: {
    entry: [],
    customer: [],
    receiptNo: [],
    currency: [],
    gross: [],
    discount: [],
    tax: [],
    net: [],
    rounding: [],
    total: [],
    change: [],
    points: [],
    original: [],
    issued: [],
  },
  lines: {
    entry: [],
    no: [],
    product: [],
    sku: [],
    name: [],
    quantity: [],
    unitPrice: [],
    discount: [],
    net: [],
    taxCode: [],
    ratePpm: [],
    tax: [],
    originalNo: [],
    restock: [],
  },
  tenders: {
    entry: [],
    no: [],
    method: [],
    kind: [],
    amount: [],
    change: [],
    reference: [],
    points: [],
    code: [],
    forfeited: [],
  },
  issued: { entry: [], code: [], kind: [], amount: [] },
  found: { entry: [], type: [], detail: [] },
})
