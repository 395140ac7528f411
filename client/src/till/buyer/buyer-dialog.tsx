import { Button, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSellingActions } from '../selling-actions.tsx'
import { useOpenSale } from '../till-context.tsx'
import { BuyerForm } from './buyer-form.tsx'
import { useInvoiceWords } from './use-invoice-words.ts'

/** Whom the open sale is made out to. It changes no amount: it may be said until the sale is paid. */
export function BuyerDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { cart } = useOpenSale()
  const { changeCart } = useSellingActions()
  const words = useInvoiceWords()
  const { buyer, customer } = cart
  return (
    <Modal
      opened
      onClose={onClose}
      size={480}
      title={words.title}
      closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
    >
      <BuyerForm
        known={buyer ?? { name: customer?.name ?? '' }}
        save={words.save}
        onSave={(named) => {
          changeCart({ type: 'buyer-set', buyer: named })
          onClose()
        }}
      >
        {buyer !== undefined && (
          <Button
            variant="default"
            h={48}
            onClick={() => {
              changeCart({ type: 'buyer-set', buyer: undefined })
              onClose()
            }}
          >
            {t('Take the name off it')}
          </Button>
        )}
      </BuyerForm>
    </Modal>
  )
}
