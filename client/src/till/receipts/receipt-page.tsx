import { Alert, Button } from '@mantine/core'
import { IconAlertTriangle, IconPrinter } from '@tabler/icons-react'
import { useLiveQuery } from 'dexie-react-hooks'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../app/error-state.tsx'
import { findSale } from '../../store/journal.ts'
import { BackButton } from '../frame/back-button.tsx'
import { useGo, useSaleId } from '../go.ts'
import { printReceipt } from '../receipt/print-job.ts'
import { ReceiptView } from '../receipt/receipt-view.tsx'
import { useReceiptOf } from '../receipt/use-receipt-of.ts'
import { useServices } from '../till-context.tsx'
import { FateChip } from './fate-chip.tsx'
import classes from './receipts.module.css'

export function ReceiptPage() {
  const { t } = useTranslation()
  const { db } = useServices()
  const saleId = useSaleId()
  const go = useGo()
  const receiptOf = useReceiptOf()
  const read = useLiveQuery(async () => ({ sale: await findSale(db, saleId) }), [db, saleId])
  if (read === undefined) return null
  if (read.sale === undefined) return <ErrorState title={t('This till has no such sale.')} />
  const { entry, fate, reason } = read.sale
  const receipt = receiptOf(entry)
  return (
    <>
      <h1 className={classes.spoken}>{t('Receipt {{receiptNo}}', { receiptNo: receipt.receiptNo })}</h1>
      <div className={classes.detailTop}>
        <span className={classes.phoneOnly}>
          <BackButton onClick={() => go('/receipts')}>{t('All receipts')}</BackButton>
        </span>
        <FateChip fate={fate} />
        <Button
          h={48}
          leftSection={<IconPrinter aria-hidden size={20} />}
          onClick={() => printReceipt({ receipt, copy: true })}
        >
          {t('Print a copy')}
        </Button>
      </div>
      {fate === 'held' && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('Held for head office')}>
          {t(
            'The server keeps this sale but could not read all of it: {{reason}} Nothing is lost. Tell head office.',
            {
              reason: reason ?? '',
            },
          )}
        </Alert>
      )}
      <ReceiptView receipt={receipt} copy />
    </>
  )
}
