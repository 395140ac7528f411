import type { Payment } from '../pay/use-payment.ts'

/** What a code or a voucher can pay of: a sale, or what goes out in an exchange. */
export type ValuePayment = Pick<Payment, 'tenders' | 'leftBy' | 'take' | 'recording' | 'refusal'>
