import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { StatusChip } from '../../app/status-chip.tsx'

export function StateChip({ state }: { state: 'open' | 'resolved' }) {
  return state === 'open' ? (
    <StatusChip tone="bad" icon={IconAlertTriangle}>
      Open
    </StatusChip>
  ) : (
    <StatusChip tone="safe" icon={IconCheck}>
      Resolved
    </StatusChip>
  )
}
