import type { Table } from 'dexie'
import { countAttemptsIn } from './pin-attempts.ts'
import { chargesTax } from './price-sale.ts'
import { readState, type StateValues, writeState } from './state.ts'
import { readTill } from './till.ts'
import { type OpenOptions, openTillDatabase, type TillDatabase } from './till-database.ts'

/*
 * Training is a till of its own: a second database with the same catalogue, an empty journal, and a key that no server
 * knows. Nothing sends from it. What is practised there cannot reach the real journal, because no screen that runs in
 * training has that database in its hands, and the papers it makes can be taken for no others: see `practiceCopy`.
 * Wrong PINs alone are counted with the real till's: they guess at the same PINs.
 */

const NAME = 'evertill-training'

export function openTrainingDatabase(options: Omit<OpenOptions, 'name'> = {}): TillDatabase {
  const training = openTillDatabase({ ...options, name: NAME })
  countAttemptsIn(training, openTillDatabase(options))
  return training
}

/** What belongs to the real till alone, its shop's logo too. `state` is copied by name, below. */
const NOT_COPIED: ReadonlySet<string> = new Set(['journal', 'otherPaper', 'heldSale', 'logo', 'state'])
const AT_A_TIME = 2000

/**
 * Makes the training database anew from the catalogue of the till that `real` is.
 * @param onCopied told the share that is done, 0 to 1
 */
export async function beginTraining(
  real: TillDatabase,
  training: TillDatabase,
  onCopied: (share: number) => void = () => undefined,
): Promise<'begun' | 'not-enrolled'> {
  const till = await readTill(real)
  const company = await readState(real, 'company')
  const outlet = await readState(real, 'outlet')
  if (till === undefined || company === undefined || outlet === undefined) return 'not-enrolled'
  await endTraining(training)
  await training.open()

  const tables = real.tables.filter(({ name }) => !NOT_COPIED.has(name))
  const total = 1 + (await Promise.all(tables.map((table) => table.count()))).reduce((a, b) => a + b, 0)
  let copied = 0
  for (const table of tables)
    await copyTable(table, training.table(table.name), (rows) => {
      copied += rows
      onCopied(copied / total)
    })
  // A real code would take real money.
  await training.paymentMethod.toCollection().modify((method) => {
    delete (method as { payNowProxy?: string }).payNowProxy
  })
  const clockOffsetMs = await readState(real, 'clockOffsetMs')
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ])
  const publicKey = await crypto.subtle.exportKey('jwk', keys.publicKey)
  await training.transaction('rw', training.state, async () => {
    await writeState(training, 'company', practiceCopy(company))
    await writeState(training, 'outlet', outlet)
    await writeState(training, 'tillState', 'active')
    if (clockOffsetMs !== undefined) await writeState(training, 'clockOffsetMs', clockOffsetMs)
    // Last, so that a copy that was cut short is no till. The id stays: PINs are verified for it.
    await writeState(training, 'till', {
      ...till,
      tillCode: 'TRAINING',
      publicKey,
      privateKey: keys.privateKey,
    })
  })
  onCopied(1)
  return 'begun'
}

/** A receipt of practice is no tax invoice, and says on top and at the end what it is, whoever renders it. */
function practiceCopy(company: StateValues['company']): StateValues['company'] {
  return {
    ...company,
    name: `TRAINING · ${company.name}`,
    gstRegistrationNo: null,
    // It costs what it costs.
    chargesTax: chargesTax(company),
    // Whoever practises ringing up is not asked to count a drawer.
    worksByShifts: false,
    receiptFooter: 'TRAINING. This is not a receipt.',
  }
}

/** Throws away all that was practised. */
export async function endTraining(training: TillDatabase): Promise<void> {
  await training.delete()
}

/** Whether there is anything to train on: a page may be loaded again long after its training was thrown away. */
export async function isTrainingOpen(training: TillDatabase): Promise<boolean> {
  return (await readTill(training)) !== undefined
}

async function copyTable(from: Table, to: Table, onRows: (rows: number) => void): Promise<void> {
  let rows = await from.orderBy(':id').limit(AT_A_TIME).toArray()
  while (rows.length > 0) {
    await to.bulkPut(rows)
    onRows(rows.length)
    const { keyPath } = from.schema.primKey
    if (typeof keyPath !== 'string') throw new Error(`${from.name} has no single key to copy by`)
    rows = await from.where(':id').above(rows.at(-1)?.[keyPath]).limit(AT_A_TIME).toArray()
  }
}
