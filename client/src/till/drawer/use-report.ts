import {
  type ShiftDetails,
  type ShiftReport,
  type ShiftReportContext,
  xReportOf,
  zReportOf,
} from '@evertill/shared/domain/shift-report'
import { paperTime } from '@evertill/shared/receipt/paper-time'
import { useLiveQuery } from 'dexie-react-hooks'
import { useMemo } from 'react'
import { methodName, staffName } from '../../store/catalogue.ts'
import { countWaiting } from '../../store/journal.ts'
import type { ClosedShift, OpenShift } from '../../store/shift.ts'
import { timeAt } from '../../store/till-clock.ts'
import { useFacts, useNow, useServices, useStaff } from '../till-context.tsx'
import { isTraining } from '../training/training-mode.ts'

/** Where the running shift stands, with names. */
export function useXReport(shift: OpenShift, details: ShiftDetails): ShiftReport {
  const context = useReportContext(shift)
  const { catalogue } = useFacts()
  const { staffId } = useStaff()
  const now = timeAt(useNow(60_000, catalogue.pricing.clockOffsetMs), catalogue.pricing)
  const cash = catalogue.paymentMethods.find(({ kind }) => kind === 'cash')?.code ?? 'CASH'
  const by = { at: now.toISOString(), by: context.nameOfStaff(staffId) }
  return xReportOf(shift.totals, details, cash, { ...context, ...by })
}

/** How a shift was closed, with names. */
export function useZReport(closed: ClosedShift): ShiftReport {
  const context = useReportContext(closed)
  const at = paperTime({ at: closed.closedAt, clockOffsetMs: closed.closedOffsetMs })
  const by = { at, by: context.nameOfStaff(closed.closedBy) }
  return zReportOf(closed.body, closed.float, closed.details, { ...context, ...by })
}

function useReportContext({
  openedAt,
  openedOffsetMs = 0,
  openedBy,
}: Pick<OpenShift, 'openedAt' | 'openedOffsetMs' | 'openedBy'>): Omit<ShiftReportContext, 'at' | 'by'> {
  const { db } = useServices()
  const { till, catalogue } = useFacts()
  const queued = useLiveQuery(() => countWaiting(db, till.tillId), [db, till.tillId]) ?? 0
  // What is practised goes nowhere.
  const waiting = isTraining() ? 0 : queued
  return useMemo(() => {
    const { company, outlet } = catalogue
    const nameOfStaff = (id: string) => staffName(catalogue, id)
    return {
      companyName: company.name,
      outletName: outlet.name,
      ...(company.gstRegistrationNo !== null && { gstRegistrationNo: company.gstRegistrationNo }),
      tillName: till.tillName,
      currency: company.currency,
      timeZone: outlet.timeZone,
      openedAt: paperTime({ at: openedAt, clockOffsetMs: openedOffsetMs }),
      openedBy: nameOfStaff(openedBy),
      waiting,
      nameOfStaff,
      nameOfMethod: (code) => methodName(catalogue, code),
    }
  }, [till, catalogue, openedAt, openedOffsetMs, openedBy, waiting])
}
