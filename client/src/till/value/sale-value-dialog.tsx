import { usePayment } from '../pay/use-payment.ts'
import { useOpenSale } from '../till-context.tsx'
import { ValueDialog } from './value-dialog.tsx'

/** What is on a code, and paying for the open sale with it. */
export function SaleValueDialog({ code, onClose }: { code: string | undefined; onClose: () => void }) {
  const { cart } = useOpenSale()
  const payment = usePayment()
  return <ValueDialog code={code} payment={cart.lines.length > 0 ? payment : undefined} onClose={onClose} />
}
