import type { SaleBody } from '@evertill/shared/domain/sale'
import { IconArrowBackUp, IconBan } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { StatusChip } from '../../app/status-chip.tsx'
import type { Paper } from '../../store/journal.ts'
import { cameBack } from './came-back.ts'

/** How much of a sale came back: nothing is said where nothing did. */
export function BackChip({
  sale,
  refunds,
}: {
  sale: SaleBody
  refunds: readonly Paper<'refund' | 'void'>[]
}) {
  const { t } = useTranslation()
  switch (cameBack(sale, refunds)) {
    case 'nothing':
      return null
    case 'voided':
      return (
        <StatusChip tone="plain" icon={IconBan}>
          {t('Voided')}
        </StatusChip>
      )
    case 'all':
      return (
        <StatusChip tone="plain" icon={IconArrowBackUp}>
          {t('Refunded')}
        </StatusChip>
      )
    case 'some':
      return (
        <StatusChip tone="plain" icon={IconArrowBackUp}>
          {t('Partly refunded')}
        </StatusChip>
      )
  }
}
