import { loadOnce } from '../../store/load-once.ts'
import type { PrintJob } from './print-job.ts'

/**
 * Hands papers on in the order in which they were asked for. What prints is fetched with the first of them, and a second
 * fetch could be here before it.
 */
export function printInTurn(
  load: () => Promise<(job: PrintJob) => unknown>,
): (job: PrintJob) => Promise<void> {
  const loaded = loadOnce(load)
  return async (job) => void (await loaded())(job)
}
