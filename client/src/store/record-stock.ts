import type { EntryOf } from '@evertill/shared/protocol/entry'
import { type Approval, type NotAllowed, permit, recordPermit } from './permit.ts'
import { append, type EntryRefusal, type Recorded, type RecordInput, recording } from './record-entry.ts'
import type { TillDatabase } from './till-database.ts'

/** What was found on the shelf. What this till believed is written down beside it, so that only the difference moves. */
export async function countStock(
  db: TillDatabase,
  input: RecordInput & {
    /** Thousandths. */
    readonly counted: readonly { readonly productId: string; readonly quantity: number }[]
    readonly note?: string
    readonly approval?: Approval
  },
): Promise<Recorded<'stock-counted'> | EntryRefusal | NotAllowed> {
  const { counted, note, approval } = input
  return recording(db, [db.staff], input, async (desk): Promise<Recorded<'stock-counted'> | NotAllowed> => {
    const granted = await permit(db, desk, 'stock.count', approval)
    if ('code' in granted) return granted
    await recordPermit(db, desk, granted, 'Counting stock')
    const levels = await db.stock.bulkGet(counted.map(({ productId }) => productId))
    const lines: EntryOf<'stock-counted'>['body']['lines'] = counted.map(({ productId, quantity }, i) => ({
      productId,
      expected: (levels[i]?.onHand ?? 0) - (levels[i]?.sold ?? 0),
      counted: quantity,
    }))
    return append(db, desk, 'stock-counted', { lines, ...(note !== undefined && { note }) })
  })
}
