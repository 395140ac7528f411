import { isTrainingOpen, openTrainingDatabase } from '../../store/training.ts'
import type { Services } from '../till-context.tsx'
import { leaveTraining } from './training-mode.ts'

/**
 * What takes the place of the real till's on a page that trains: the database of the training, and no way out of this
 * browser. A training that is gone, because it was ended in another tab, ends here too.
 */
export async function trainingServices(): Promise<Pick<Services, 'db' | 'sync' | 'fetch'>> {
  const db = openTrainingDatabase()
  if (!(await isTrainingOpen(db).catch(() => false))) {
    leaveTraining()
    // The page is on its way out.
    return new Promise(() => undefined)
  }
  return {
    db,
    sync: { wake: () => undefined, online: () => undefined, stop: async () => undefined },
    fetch: () => Promise.reject(new TypeError('there is no network in training')),
  }
}
