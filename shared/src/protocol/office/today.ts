import { z } from 'zod'
import { zCode, zDate, zInstant, zName, zUuid } from '../scalars.ts'

/** `sales` counts sales alone; `refunds` counts refunds and voids, whose amounts are taken off every total. */
export const zToday = z.object({
  /** The business date shown. */
  date: zDate,
  outlets: z.array(
    z.object({
      outletId: zUuid,
      name: zName,
      sales: z.int(),
      refunds: z.int(),
      total: z.int(),
      tax: z.int(),
      discount: z.int(),
      /** Of `total`, what was put on gift cards and vouchers: it is in the takings again when it is spent. */
      issued: z.int(),
      tenders: z.array(z.object({ methodCode: zCode, amount: z.int() })),
      tills: z.array(
        z.object({
          tillId: zUuid,
          name: zName,
          sales: z.int(),
          refunds: z.int(),
          total: z.int(),
          waiting: z.nullable(z.int()),
          lastContactAt: z.nullable(zInstant),
          /** Of these, what was sold or taken back outside any shift, where the company works by them or has done so. */
          unshifted: z.object({ papers: z.int(), total: z.int() }),
          /** Of the shifts that began on that day, those whose drawer was counted over (+) or short (−). */
          drawers: z.array(z.object({ shiftId: zUuid, difference: z.int() })),
          /** Entries are missing between those that have arrived, and nobody has settled it. */
          gap: z.boolean(),
        }),
      ),
    }),
  ),
  /** Totals by local hour of the day, all outlets. */
  hours: z.array(z.object({ hour: z.int(), sales: z.int(), refunds: z.int(), total: z.int() })),
  /** The same weekday a week before, for comparison. */
  weekBefore: z.object({ sales: z.int(), total: z.int() }),
  openExceptions: z.int(),
})
export type Today = z.infer<typeof zToday>
