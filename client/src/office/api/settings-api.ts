import { type Logo, zLogo } from '@evertill/shared/protocol/logo'
import {
  type NewPaymentMethod,
  type PaymentMethodChange,
  type Versioned,
  zLoyaltySettings,
  zOfflineLimits,
  zPaymentMethodDetail,
  zPaymentMethodName,
  zReceiptSettings,
  zShiftSettings,
  zVersioned,
} from '@evertill/shared/protocol/office/settings'
import { z } from 'zod'

/** The pages that are read and saved as a whole, by their place in the address. */
export const SUBJECTS = {
  shifts: zShiftSettings,
  loyalty: zLoyaltySettings,
  receipts: zReceiptSettings,
  'offline-limits': zOfflineLimits,
} as const
export type SubjectName = keyof typeof SUBJECTS
export type SettingsOf<Name extends SubjectName> = z.output<(typeof SUBJECTS)[Name]>

interface Calls {
  readonly get: <T extends z.ZodType>(schema: T, url: string, signal?: AbortSignal) => Promise<z.infer<T>>
  readonly send: (method: string, url: string, body?: unknown) => Promise<Response>
}

/** How head office sets what tills do. */
export function settingsApi({ get, send }: Calls) {
  const url = (path: string) => `/api/office/settings/${path}`
  return {
    settings: async <Name extends SubjectName>(
      name: Name,
      signal?: AbortSignal,
    ): Promise<Versioned<SettingsOf<Name>>> => {
      const { version, settings } = await get(zVersioned(SUBJECTS[name]), `settings/${name}`, signal)
      return { version, settings: settings as SettingsOf<Name> }
    },
    saveSettings: async <Name extends SubjectName>(
      name: Name,
      edit: Versioned<SettingsOf<Name>>,
    ): Promise<void> => {
      await send('PUT', url(name), edit)
    },

    logo: async (signal?: AbortSignal) =>
      (await get(z.object({ logo: z.nullable(zLogo) }), 'settings/logo', signal)).logo,
    setLogo: async (logo: Logo): Promise<void> => {
      await send('PUT', url('logo'), logo)
    },
    removeLogo: async (): Promise<void> => {
      await send('DELETE', url('logo'))
    },

    /** What codes of the ledger are called, retired ones too. */
    paymentMethodNames: async (signal?: AbortSignal) =>
      (await get(z.object({ rows: z.array(zPaymentMethodName) }), 'payment-methods', signal)).rows,
    paymentMethods: async (signal?: AbortSignal) =>
      (await get(z.object({ rows: z.array(zPaymentMethodDetail) }), 'settings/payment-methods', signal)).rows,
    addPaymentMethod: async (added: NewPaymentMethod): Promise<void> => {
      await send('POST', url('payment-methods'), added)
    },
    editPaymentMethod: async (paymentMethodId: string, change: PaymentMethodChange): Promise<void> => {
      await send('PUT', url(`payment-methods/${paymentMethodId}`), change)
    },
    /** Offers it at the tills again, or no more. */
    offerPaymentMethod: async (paymentMethodId: string, offered: boolean): Promise<void> => {
      await send('POST', url(`payment-methods/${paymentMethodId}/${offered ? 'bring-back' : 'retire'}`))
    },
    orderPaymentMethods: async (paymentMethodIds: readonly string[]): Promise<void> => {
      await send('PUT', url('payment-methods/order'), { paymentMethodIds })
    },
  }
}
