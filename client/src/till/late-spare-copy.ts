import { firstScreenSettled } from '../app/later.tsx'
import type { TillDatabase } from '../store/till-database.ts'

let settle: () => void = () => undefined
/** Resolves when all that a spare copy had of a till whose database is gone is in the journal again. */
export const spareTakenUp = new Promise<void>((resolve) => {
  settle = resolve
})

/** Begins once the first screen stands. Where it cannot be, everything else goes on. */
export async function startSpareCopy(db: TillDatabase, hasTill: boolean, now: () => Date): Promise<void> {
  await firstScreenSettled
  try {
    const [{ openFiles }, { keepSpareCopy, restoreSpare }] = await Promise.all([
      import('../store/browser-files.ts'),
      import('../store/spare-copy.ts'),
    ])
    const folder = await openFiles('evertill-unsent')
    if (folder === undefined) return
    if (!hasTill) await restoreSpare(db, folder, now())
    keepSpareCopy(db, folder)
  } catch (error) {
    console.warn(error)
  } finally {
    settle()
  }
}
