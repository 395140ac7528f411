import { minor } from '@evertill/shared/domain/money'
import { openToBill } from '@evertill/shared/domain/promotion'
import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSelling } from '../selling.tsx'
import { DiscountEntry } from './discount-entry.tsx'

export function BillDiscountDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { priced } = useSelling()
  const lines = priced.code === 'priced' ? priced.priced.lines : []
  const of = lines
    .filter(({ value }) => value === undefined)
    .reduce((sum, line) => sum + openToBill(minor(line.net + line.billShare), line.promotions), 0)
  return (
    <Modal
      opened
      onClose={onClose}
      size={400}
      title={t('Discount on the bill')}
      closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
    >
      <DiscountEntry
        of={of}
        eventOf={(discount) => ({ type: 'bill-discounted', discount })}
        onDone={onClose}
      />
    </Modal>
  )
}
