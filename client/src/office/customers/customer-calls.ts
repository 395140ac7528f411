import { zPage } from '@evertill/shared/protocol/office'
import {
  type CustomerChange,
  type TierChange,
  zCustomerDetail,
  zCustomerOptions,
  zCustomerSummary,
} from '@evertill/shared/protocol/office/customers'
import type { OfficeCalls } from '../api/office-api.ts'

/** What head office asks about customers. */
export const customerCalls = ({ get, send, path }: OfficeCalls) => ({
  customers: (q: string | undefined, cursor?: string, signal?: AbortSignal) =>
    get(zPage(zCustomerSummary), path('customers', { q, cursor }), signal),
  customerOptions: (signal?: AbortSignal) => get(zCustomerOptions, 'customers/options', signal),
  customer: (customerId: string, signal?: AbortSignal) =>
    get(zCustomerDetail, `customers/${customerId}`, signal),
  editCustomer: async (customerId: string, change: CustomerChange): Promise<void> => {
    await send('PUT', `/api/office/customers/${customerId}`, change)
  },
  changeTier: async (customerId: string, change: TierChange): Promise<void> => {
    await send('PUT', `/api/office/customers/${customerId}/tier`, change)
  },
})
