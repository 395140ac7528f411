const KEY = 'evertill-training'
/** Says that this tab has ended its training. */
const OVER = 'evertill-training-over'

/*
 * A tab trains or sells, from its first line of code to its last: which of the two is read once, when the page is
 * loaded, and changing it loads the page again. So no screen, timer or loop of the one can outlive the change and
 * write into the other. The mark belongs to the tab and outlives a reload, not the tab.
 */
const training = readMark() !== null

export const isTraining = (): boolean => training

/** Loads the page again, as a till for training. Its database must have been made before. */
export function enterTraining(): void {
  sessionStorage.setItem(KEY, new Date().toISOString())
  location.assign('/')
}

/** Loads the page again, as the till it is. */
export function leaveTraining(): void {
  sessionStorage.setItem(OVER, new Date().toISOString())
  sessionStorage.removeItem(KEY)
  location.assign('/')
}

/**
 * Throws away once more what was practised, on the first page after a training: a worker of the page that ended it may
 * have opened the database anew while that page was on its way out.
 */
export async function sweepAfterTraining(throwAway: () => Promise<void>): Promise<void> {
  if (training || readMark(OVER) === null) return
  await throwAway()
  sessionStorage.removeItem(OVER)
}

function readMark(key = KEY): string | null {
  try {
    return sessionStorage.getItem(key)
  } catch {
    return null
  }
}
