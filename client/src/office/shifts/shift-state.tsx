import type { ShiftSummary } from '@evertill/shared/protocol/office/shifts'
import { IconCheck, IconHourglass, IconLockOpen } from '@tabler/icons-react'
import { StatusChip } from '../../app/status-chip.tsx'

/** Whether a shift runs, waits for entries of before its close, or can be relied on. */
export function ShiftState({ state }: Pick<ShiftSummary, 'state'>) {
  switch (state) {
    case 'open':
      return (
        <StatusChip tone="info" icon={IconLockOpen}>
          Open
        </StatusChip>
      )
    case 'provisional':
      return (
        <StatusChip tone="waiting" icon={IconHourglass}>
          Provisional
        </StatusChip>
      )
    case 'closed':
      return (
        <StatusChip tone="safe" icon={IconCheck}>
          Closed
        </StatusChip>
      )
  }
}
