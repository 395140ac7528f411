import { type Thousandths, thousandths } from '@evertill/shared/domain/money'
import type { OriginalSale } from '@evertill/shared/domain/refund'
import { leftOf, returnedBefore } from '@evertill/shared/domain/refund-share'
import type { ProductRow } from '@evertill/shared/protocol/pull'
import { minorPerUnit } from '../../app/format.ts'
import { findScanned } from '../../store/find-scanned.ts'
import { useFacts, useServices } from '../till-context.tsx'
import { stepOf } from './refund-line.tsx'

export interface NextBack {
  readonly lineNo: number
  /** Of the line, with what was picked of it before. */
  readonly quantity: Thousandths
}

/**
 * One more of a product comes back: of the first line of the sale that has any left.
 * @param pickedOf how much of a line is picked already
 */
export function nextBack(
  original: OriginalSale,
  productId: string,
  pickedOf: (lineNo: number) => Thousandths,
): NextBack | undefined {
  const returned = returnedBefore(original)
  for (const [i, line] of original.sale.lines.entries()) {
    const lineNo = i + 1
    const left = leftOf(line, returned.get(lineNo) ?? thousandths(0))
    const picked = pickedOf(lineNo)
    if (line.productId === productId && picked < left)
      return { lineNo, quantity: thousandths(Math.min(left, picked + stepOf(line, left))) }
  }
  return undefined
}

/** Which product was scanned, by its own code or a scale's label. */
export function useScannedProduct(): (code: string) => Promise<ProductRow | undefined> {
  const { db } = useServices()
  const { company } = useFacts().catalogue
  const minorDigits = Math.round(Math.log10(minorPerUnit(company.currency)))
  return async (code) => {
    const found = await findScanned(db, code, company.scaleLabels ?? [], minorDigits)
    return 'product' in found ? found.product : undefined
  }
}
