import { z } from 'zod'
import { PERMISSIONS, type Permission } from '../domain/permission.ts'
import { zCode, zName, zTypedName, zTypedText, zUuid } from './scalars.ts'

/*
 * The head office's API, under /api/office, for a signed-in office user (cookie session of /api/auth).
 * Everything is of the user's own company. Lists answer { rows, nextCursor }: sales and exceptions newest first,
 * products, customers and stock by name. What is not of one subject is here; the rest is in office/, a file for each.
 *
 *   GET  first-run                       → { needed }                    (open to anyone)
 *   POST first-run        FirstRun       → 201                           (only while no company exists)
 *   GET  session                         → OfficeSession
 *   GET  payment-methods                 → { rows: PaymentMethodName[] }  (retired ones too)
 *   GET  today?date                      → Today
 *   GET  outlets                         → { rows: OutletOption[] }
 *   GET  sales?q&kind&outletId&from&to&cursor → Page<SaleSummary>          (refunds and voids among them)
 *   GET  sales/:saleId                   → SaleDetail
 *   GET  shifts?outletId&tillId&from&to&cursor → Page<ShiftSummary>        (the newest first)
 *   GET  shifts/:shiftId                 → ShiftDetail
 *   GET  shifts/:shiftId/entries?kind&cursor → Page<JournalEntry>          (the newest first)
 *   GET  stock?outletId&q&cursor         → Page<StockLine>
 *   GET  tills                           → { rows: TillSummary[] }
 *   POST tills            NewTill        → 201 { tillId }
 *   POST tills/:tillId/enrolment-code    → 201 EnrolmentCode
 *   POST tills/:tillId/revoke            → 204
 *   GET  tills/:tillId/entries?kind&cursor → Page<JournalEntry>            (the newest first)
 *   POST tills/rescue?commit&addTill     a rescue file as body → RescueReport (see rescue.ts)
 *   GET  exceptions?state&cursor         → Page<ExceptionRow>
 *   POST exceptions/:id/resolve Resolve  → 204
 *   GET  exceptions/:id/held             → HeldEntries                   (the first 100, and what all come to)
 *   POST exceptions/:id/replay?upTo&after → ReplayReport                 (may be repeated: counts once; with `after`
 *                                        only the next few hundred, from the `start` or after a line)
 *   POST exceptions/replay ReplayKind    → ReplayReport                  (all open ones of a type)
 *   GET  emails                          → EmailState                      (receipts that wait to be e-mailed)
 *   POST emails/:exceptionId/send-again  → 204                             (one that was given up)
 *   GET  audit                           → AuditReport                   (runs it: seconds on a large ledger)
 *   GET  products?q&cursor               → Page<ProductDetail>
 *   GET  products/options                → ProductOptions
 *   GET  products/settings               → ProductSettings
 *   PUT  products/settings ProductSettings → 204
 *   GET  products/:productId             → ProductDetail
 *   POST products         TypedProduct   → 201 { productId }
 *   PUT  products/:productId ProductChange → 204
 *   DELETE products/:productId           → 204                           (tombstone; past sales keep it)
 *   POST products/import?format&commit&outletId   text/csv body → ImportReport
 *                                        (commit=false previews; opening stock goes to outletId)
 *   GET  customers?q&cursor              → Page<CustomerSummary>
 *   GET  customers/options               → CustomerOptions
 *   GET  customers/:customerId           → CustomerDetail
 *   PUT  customers/:customerId CustomerChange → 204                  (409 when it was changed since)
 *   PUT  customers/:customerId/tier TierChange → 204                     (409 when it was changed since)
 *   GET  promotions?q&state&cursor       → Page<PromotionSummary>        (running, coming, ended)
 *   GET  promotions/options              → PromotionOptions
 *   POST promotions/review PromotionDraft → PromotionReview              (changes nothing)
 *   GET  promotions/:promotionId         → PromotionDetail
 *   POST promotions       PromotionEdit  → 201 { promotionId }
 *   PUT  promotions/:promotionId PromotionChange → 204                   (conflict where it is another version)
 *   POST promotions/:promotionId/end PromotionEnd → 204                  (tombstone; past sales keep it)
 *   GET  staff                           → { rows: StaffDetail[] }         (those off the list last)
 *   POST staff            NewStaff       → 201 { staffId }                (conflict where somebody has the PIN)
 *   PUT  staff/:staffId   StaffChange    → 204                            (conflict where it is another version)
 *   PUT  staff/:staffId/pin { pin }      → 204
 *   POST staff/:staffId/retire           → 204                            (tombstone; past sales keep the name)
 *   POST staff/:staffId/bring-back StaffReturn → 204
 *   GET  staff/roles                     → { rows: RoleDetail[] }
 *   POST staff/roles      { roleId, role } → 201 { roleId }
 *   PUT  staff/roles/:roleId { version, role } → 204                      (conflict where it is another version)
 *   DELETE staff/roles/:roleId           → 204                            (conflict while somebody has it)
 *   GET  staff/sign-ins                  → { rows: SignInDetail[] }
 *   POST staff/sign-ins   NewSignIn      → 201 { password }               (made by the server, answered once)
 *   PUT  staff/sign-ins/:signInId SignInChange → 204                      (conflict where it is another version)
 *   POST staff/sign-ins/:signInId/password → 201 { password }             (their sessions end)
 *   DELETE staff/sign-ins/:signInId      → 204                            (their sessions end; history keeps the name)
 *   GET  settings/outlets                → { rows: OutletDetail[] }
 *   POST settings/outlets NewOutlet      → 201 { outletId }
 *   PUT  settings/outlets/:outletId { version, outlet } → 204             (conflict where it is another version)
 *   GET  settings/:subject               → { version, settings }         (shifts, loyalty, receipts, offline-limits)
 *   PUT  settings/:subject { version, settings } → 204                   (409 when it was changed since)
 *   GET  settings/logo                   → { logo }                      (null: none)
 *   PUT  settings/logo    Logo           → 204
 *   DELETE settings/logo                 → 204
 *   GET  settings/payment-methods        → { rows: PaymentMethodDetail[] } (the retired ones last)
 *   POST settings/payment-methods NewPaymentMethod → 201 { paymentMethodId }
 *   PUT  settings/payment-methods/order PaymentMethodOrder → 204
 *   PUT  settings/payment-methods/:id PaymentMethodEdit → 204
 *   POST settings/payment-methods/:id/retire → 204                       (tills offer it no more; nothing is undone)
 *   POST settings/payment-methods/:id/bring-back → 204
 */

export const zPage = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), nextCursor: z.nullable(z.string()) })

export const zFirstRun = z.object({
  /** Printed where the server was started: proof that whoever founds the company runs the server. */
  setupCode: zTypedText(64),
  companyName: zTypedName,
  outletName: zTypedName,
  ownerName: zTypedName,
  email: z.email(),
  password: z.string().min(10, 'must have at least 10 characters').max(200),
  /** The owner's PIN at the till. */
  pin: z.string().regex(/^\d{4,8}$/, 'must be 4 to 8 digits'),
})
export type FirstRun = z.infer<typeof zFirstRun>

export const zOfficeSession = z.object({
  userName: z.string(),
  email: z.string(),
  companyName: z.string(),
  currency: z.string(),
  permissions: z.array(z.enum(PERMISSIONS)),
  /** Whether their password was made for them, and they have not chosen their own. */
  firstPassword: z.boolean(),
})
export type OfficeSession = z.infer<typeof zOfficeSession> & { permissions: Permission[] }

export const zOutletOption = z.object({ outletId: zUuid, code: zCode, name: zName, timeZone: z.string() })
export type OutletOption = z.infer<typeof zOutletOption>
