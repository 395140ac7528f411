import { z } from 'zod'
import { LANGUAGES } from '../../domain/language.ts'
import { payNowProxyOf } from '../../domain/paynow.ts'
import { VALUE_KINDS } from '../../domain/stored-value.ts'
import { METHOD_KINDS, type MethodKind } from '../../domain/tender.ts'
import {
  zAmount,
  zCode,
  zMinorPerPoint,
  zMultiplierPpm,
  zName,
  zPoints,
  zTypedName,
  zTypedText,
  zUuid,
} from '../scalars.ts'

/*
 * How head office sets what tills do. Each subject is read and written as a whole; `version` is of what was read, and
 * a write on an older one is a conflict, so that of two people at it neither undoes the other unawares.
 */

/** What of a subject was read or is to be written, and of what version. */
export const zVersioned = <T extends z.ZodType>(settings: T) => z.object({ version: z.string(), settings })
export interface Versioned<T> {
  readonly version: string
  readonly settings: T
}

export const zShiftSettings = z.object({
  /** Tills ask for a shift before they sell. */
  worksByShifts: z.boolean(),
  /** Cashiers count before they are told what should be there. */
  blindCount: z.boolean(),
  /** A drawer that differs by more is closed with a reason only; null: by anything without a word. */
  varianceLimit: z.nullable(zAmount),
  /** Null: until the business day ends. */
  voidWindowMinutes: z.nullable(z.int().min(0).max(1440)),
})
export type ShiftSettings = z.infer<typeof zShiftSettings>

export const zOfflineLimits = z.object({
  /** Of one customer's points, the most that a till takes before the server has heard of it. */
  points: zPoints,
  /** The same of one gift card, voucher or store credit, minor units. */
  value: zAmount,
})
export type OfflineLimits = z.infer<typeof zOfflineLimits>

export const zLoyaltySettings = z.object({
  /** Minor units of net total that earn a point; 0: nothing does. */
  minorPerPoint: zMinorPerPoint,
  /** Minor units that a point pays; 0: points pay nothing. */
  pointValue: z.int().min(0).max(1_000_000),
  /** From the lowest up. */
  tiers: z
    .array(z.object({ tierId: zUuid, name: zTypedName, multiplierPpm: zMultiplierPpm, spendFrom: zAmount }))
    .max(20)
    .superRefine((tiers, context) => {
      for (const [i, tier] of tiers.entries()) {
        const before = tiers.slice(0, i)
        if (before.some(({ name }) => name.toLowerCase() === tier.name.toLowerCase()))
          context.addIssue({ code: 'custom', path: [i, 'name'], message: 'is the name of another tier' })
        if (before.some(({ spendFrom }) => spendFrom >= tier.spendFrom))
          context.addIssue({
            code: 'custom',
            path: [i, 'spendFrom'],
            message: 'must be more than the tier before it',
          })
      }
    }),
})
export type LoyaltySettings = z.infer<typeof zLoyaltySettings>

/** Nothing typed is nothing printed. */
const zPrinted = (most: number) => z.nullable(zTypedText(most).min(1))

export const zReceiptSettings = z.object({
  companyName: zTypedName,
  /** Under the name of the shop; may have several lines. */
  header: zPrinted(300),
  footer: zPrinted(500),
  /** Without one no receipt is a tax invoice. */
  gstRegistrationNo: z.nullable(
    z
      .string()
      .trim()
      .regex(/^[A-Z0-9][A-Z0-9-]{6,18}[A-Z0-9]$/, 'must be a number such as M90312345A or 201912345K'),
  ),
  /** Of what customers take home. */
  language: z.enum(LANGUAGES),
})
export type ReceiptSettings = z.infer<typeof zReceiptSettings>

/** The methods of which a shop has one: a till asks for it by its kind. */
export const SINGLE_KINDS: ReadonlySet<MethodKind> = new Set(['cash', 'points', ...VALUE_KINDS])
/** What may be left on a code that was worth more than was due. */
const hasRest = (kind: MethodKind) => VALUE_KINDS.some((one) => one === kind)

export const zRest = z.enum(['kept', 'forfeited'])

export const zPaymentMethodEdit = z.object({
  name: zTypedText(60).min(1),
  /** Whom PayNow pays, as it is typed: see paynow.ts. */
  payNowProxy: z.nullable(
    zTypedText(30).refine((typed) => payNowProxyOf(typed) !== undefined, {
      message: 'must be a UEN, or a mobile number such as +65 9123 4567',
    }),
  ),
  rest: zRest,
})
export type PaymentMethodEdit = z.infer<typeof zPaymentMethodEdit>
export const zPaymentMethodChange = zPaymentMethodEdit.extend({ version: z.string().max(20) })
export type PaymentMethodChange = z.infer<typeof zPaymentMethodChange>

/** What of an edit does not belong to a method of this kind. */
export function oddsOfMethod(kind: MethodKind, edit: Pick<PaymentMethodEdit, 'payNowProxy' | 'rest'>) {
  const odds: { path: 'payNowProxy' | 'rest'; message: string }[] = []
  if (kind !== 'paynow' && edit.payNowProxy !== null)
    odds.push({ path: 'payNowProxy', message: 'must be empty: it belongs to PayNow' })
  if (!hasRest(kind) && edit.rest !== 'kept')
    odds.push({ path: 'rest', message: 'must be kept: nothing is left of this way to pay' })
  return odds
}

export const zNewPaymentMethod = zPaymentMethodEdit.extend({ kind: z.enum(METHOD_KINDS) })
export type NewPaymentMethod = z.infer<typeof zNewPaymentMethod>

export const zPaymentMethodDetail = z.object({
  paymentMethodId: zUuid,
  /** Of what can be edited. */
  version: z.string(),
  /** Stands in the ledger, and never changes. */
  code: zCode,
  name: zName,
  kind: z.enum(METHOD_KINDS),
  payNowProxy: z.nullable(z.string()),
  rest: zRest,
  /** Tills offer it no more; what was paid with it stays. */
  retired: z.boolean(),
  /** What is on codes of this kind, minor units; null where it has none. */
  owed: z.nullable(z.int()),
})
export type PaymentMethodDetail = z.infer<typeof zPaymentMethodDetail>

/** Every live method, in the order in which tills shall show them. */
export const zPaymentMethodOrder = z.object({ paymentMethodIds: z.array(zUuid).min(1).max(100) })

/** What a code of the ledger is called today, retired ones too. */
export const zPaymentMethodName = z.object({ methodCode: zCode, name: zName })
export type PaymentMethodName = z.infer<typeof zPaymentMethodName>
