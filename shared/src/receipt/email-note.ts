import type { Say } from './say.ts'

/** Stands below a receipt that comes by e-mail: why it came, and that nothing else will. */
export const emailNote = (t: Say): string =>
  t('You get this because your address was given at the till, for this receipt and nothing else.')
