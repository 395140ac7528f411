const KEY = 'evertill-training'
/** In the browser's storage, not the tab's: a training was begun and nobody has ended it. */
const BEGUN = 'evertill-training-begun'
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
  localStorage.setItem(BEGUN, new Date().toISOString())
  location.assign('/')
}

/** Whether this page sells and somebody may think that it trains: the browser was closed before the training was ended. */
export const wasTraining = (): boolean => !training && readMark(BEGUN, () => localStorage) !== null

/** Whoever was told is told once. */
export const forgetTraining = (): void => localStorage.removeItem(BEGUN)

/** Loads the page again, as the till it is. */
export function leaveTraining(): void {
  forgetTraining()
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

function readMark(key = KEY, storage = () => sessionStorage): string | null {
  try {
    return storage().getItem(key)
  } catch {
    return null
  }
}
