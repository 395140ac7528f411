import { codeOfTill } from './enrolment.ts'
import type { Till } from './till.ts'

/** The number on a till's nth paper, from 1: `BR-1-000042`. */
export const receiptNoOf = (till: Pick<Till, 'outletCode' | 'tillCode'>, n: number): string =>
  `${codeOfTill(till)}-${String(n).padStart(6, '0')}`
