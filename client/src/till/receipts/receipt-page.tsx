import { isReceiptNo } from '../../store/find-scanned.ts'
import { useSaleId } from '../go.ts'
import { ReceiptByNumber } from './receipt-by-number.tsx'
import { ReceiptShown } from './receipt-shown.tsx'

/** A paper, named by its entry or by the number on it. */
export function ReceiptPage() {
  const paper = useSaleId()
  return isReceiptNo(paper) ? (
    <ReceiptByNumber key={paper} receiptNo={paper} />
  ) : (
    <ReceiptShown paperId={paper} />
  )
}
