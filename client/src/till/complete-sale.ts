import type { Minor } from '@evertill/shared/domain/money'
import type { Tender } from '@evertill/shared/domain/tender'
import { whenSettled } from '../app/later.tsx'
import type { RecordedSale, RecordRefusal } from '../store/record-entry.ts'
import type { Services } from './till-context.tsx'

const AFTER_PAID_MS = 100

// With all that seals an entry: nobody pays before the first screen stands.
const recorder = whenSettled(() => import('../store/record-entry.ts'))

/**
 * Where the open sale becomes a fact. The screen says Paid only when this has returned an entry: the disk has it
 * by then. A refusal leaves the cart and its tenders as they were.
 * @param expectedTotal what the screen shows
 * @param show says Paid. The cart that was paid is emptied on screen after it, and is out of sight by then
 * @param tenders with the one that settles it, which nobody has shown or saved yet
 */
export async function completeSale(
  services: Pick<Services, 'db' | 'openSale' | 'sync' | 'now' | 'newId' | 'lastSale'>,
  staffId: string,
  expectedTotal: Minor,
  show: (saleId: string) => Promise<void>,
  tenders?: readonly Tender[],
): Promise<RecordedSale | RecordRefusal> {
  const { db, openSale, sync, now, newId, lastSale } = services
  const recorded = await openSale.whileRecording(
    async (sale) => {
      const { recordSale } = await recorder()
      const recorded = await recordSale(db, { staffId, openSale: sale, expectedTotal, now: now(), newId })
      if ('entry' in recorded) {
        lastSale.current = recorded
        await show(recorded.entry.id)
      }
      return recorded
    },
    (result) => 'entry' in result,
    tenders,
  )
  // Sending can wait for the screen, which says Paid.
  if ('entry' in recorded) setTimeout(() => sync.wake(), AFTER_PAID_MS)
  return recorded
}
