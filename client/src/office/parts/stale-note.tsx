import { IconCloudOff } from '@tabler/icons-react'
import { StatusChip } from '../../app/status-chip.tsx'

/** Says that what is shown is not fresh, when the newest question went unanswered. */
export function StaleNote({
  query,
}: {
  query: { data: unknown; error: Error | null; dataUpdatedAt: number }
}) {
  if (query.data === undefined || query.error === null) return null
  const at = new Date(query.dataUpdatedAt).toLocaleTimeString('en-GB', { timeStyle: 'short' })
  return (
    <StatusChip tone="waiting" icon={IconCloudOff}>
      Not reached since {at}
    </StatusChip>
  )
}
