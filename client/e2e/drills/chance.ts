import { createHash } from 'node:crypto'

/** 0 ≤ n < 1 from a seed: the same labels always give the same number, whatever else was drawn before. */
export const chance = (...labels: readonly (string | number)[]): number =>
  createHash('sha256').update(labels.join('/')).digest().readUInt32BE() / 2 ** 32
