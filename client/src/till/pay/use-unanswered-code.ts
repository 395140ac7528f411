import type { Tender } from '@evertill/shared/domain/tender'
import type { PaymentMethodRow } from '@evertill/shared/protocol/pull'
import type { CodeShown, OpenSale } from '../../store/cart.ts'
import { useFacts, useOpenSale } from '../till-context.tsx'

export interface UnansweredCode {
  readonly code: CodeShown
  readonly method: PaymentMethodRow
}

/** The code of the open sale of which nobody has said yet whether its money came. */
export function useUnansweredCode(): UnansweredCode | undefined {
  const openSale = useOpenSale()
  const { paymentMethods } = useFacts().catalogue
  const code = unansweredCode(openSale)
  const method = paymentMethods.find((row) => row.code === code?.methodCode)
  return code === undefined || method === undefined ? undefined : { code, method }
}

/** One whose payment stands among the tenders is counted: the browser may have been killed before the code was forgotten. */
const unansweredCode = ({ codeShown, tenders }: OpenSale): CodeShown | undefined =>
  codeShown !== undefined && tenders.some((tender) => isLegOf(codeShown, tender)) ? undefined : codeShown

/** Whether a tender is the money of this code. */
export const isLegOf = (code: CodeShown, { methodCode, amount, reference = '' }: Tender): boolean =>
  methodCode === code.methodCode && amount === code.amount && reference === code.reference
