import { gs1CheckDigit, isGtin } from '../domain/barcode.ts'

/**
 * Why a barcode cannot be right. 13 digits with a wrong check digit can only be a mistyped EAN-13, and no scanner
 * will ever read it so. Codes of 8, 12 or 14 digits pass, because shops print their own in those lengths as Code 128.
 */
export const barcodeFault = (barcode: string): string | undefined =>
  /^\d{13}$/.test(barcode) && !isGtin(barcode)
    ? `has a wrong last digit (${gs1CheckDigit(barcode.slice(0, -1))} would be right): it was probably mistyped`
    : undefined
