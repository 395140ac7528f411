import { IconAlertTriangle, IconClock, IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { StatusChip } from '../../app/status-chip.tsx'
import type { Fate } from '../../store/journal-row.ts'

/** Where a sale stands between this till and the server. */
export function FateChip({ fate }: { fate: Fate }) {
  const { t } = useTranslation()
  if (fate === 'waiting')
    return (
      <StatusChip tone="waiting" icon={IconClock}>
        {t('Waiting')}
      </StatusChip>
    )
  if (fate === 'held')
    return (
      <StatusChip tone="bad" icon={IconAlertTriangle}>
        {t('Held')}
      </StatusChip>
    )
  return (
    <StatusChip tone="safe" icon={IconShieldCheck}>
      {t('Sent')}
    </StatusChip>
  )
}
