import { z } from 'zod'
import { zCode, zName, zTypedName, zTypedText, zUuid } from '../scalars.ts'

/** Nothing typed is nothing printed. */
const zPrinted = (most: number) => z.nullable(zTypedText(most).min(1))

/** An IANA name that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

export const zOutletEdit = z.object({
  name: zTypedName,
  /** As receipts print it, may have several lines. In Singapore no tax invoice may be without. */
  address: zPrinted(300),
  /** As receipts print it. */
  phone: zPrinted(40),
  timeZone: z.string().max(64).refine(isTimeZone, { message: 'must be a time zone such as Asia/Singapore' }),
  /** Sales before this hour belong to the day before. */
  dayCutHour: z.int().min(0).max(23),
})
export type OutletEdit = z.infer<typeof zOutletEdit>

/** It stands in receipt numbers (TB-1-000042), and never changes. */
export const zOutletCode = z
  .string()
  .regex(/^[A-Z0-9]{1,6}$/, 'must be 1 to 6 letters and figures, such as TB')

/** The form that makes it makes its id: sent again, it is the same outlet. */
export const zNewOutlet = z.object({ outletId: zUuid, code: zOutletCode, outlet: zOutletEdit })
export type NewOutlet = z.infer<typeof zNewOutlet>
/** With what a person saw when they changed it: if it is another by now, nothing is changed. */
export const zOutletChange = z.object({ version: z.string().max(20), outlet: zOutletEdit })

export const zOutletDetail = z.object({
  outletId: zUuid,
  version: z.string(),
  code: zCode,
  outlet: zOutletEdit.extend({ name: zName, timeZone: z.string() }),
  /** Those that are not revoked. */
  tills: z.int(),
})
export type OutletDetail = z.infer<typeof zOutletDetail>

/** Initials of the outlet's name, or its beginning: `Tiong Bahru` → `TB`, `Bedok` → `BED`. */
export function outletCodeOf(name: string): string {
  const words = name.toUpperCase().match(/[A-Z0-9]+/g) ?? []
  const code = words.length > 1 ? words.map((word) => word.charAt(0)).join('') : (words[0] ?? '')
  return code.slice(0, 3) || 'A'
}
