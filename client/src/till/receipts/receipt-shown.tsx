import { Alert, Button } from '@mantine/core'
import { IconAlertTriangle, IconDeviceDesktop, IconPrinter } from '@tabler/icons-react'
import { useLiveQuery } from 'dexie-react-hooks'
import { useTranslation } from 'react-i18next'
import { StatusChip } from '../../app/status-chip.tsx'
import { findPaper } from '../../store/journal.ts'
import { NameBuyer } from '../buyer/name-buyer.tsx'
import { EmailReceipt } from '../email/email-receipt.tsx'
import { BackButton } from '../frame/back-button.tsx'
import { useGo } from '../go.ts'
import { ReceiptAsQr } from '../printing/receipt-as-qr.tsx'
import { ShareReceipt } from '../printing/share-receipt.tsx'
import { ReceiptView } from '../receipt/receipt-view.tsx'
import { useNamedBuyer } from '../receipt/use-named-buyer.ts'
import { useReceiptOf } from '../receipt/use-receipt-of.ts'
import { useFacts, useServices } from '../till-context.tsx'
import { FateChip } from './fate-chip.tsx'
import { printPaper, useIsLast, useIsPrinted } from './first-paper.ts'
import { NoSuchReceipt } from './no-such-receipt.tsx'
import { PayOut } from './pay-out.tsx'
import classes from './receipts.module.css'
import { TakeBack } from './take-back.tsx'

/** A paper that this till has, and what can be done with it. */
export function ReceiptShown({ paperId }: { paperId: string }) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { till } = useFacts()
  const go = useGo()
  const receiptOf = useReceiptOf()
  const read = useLiveQuery(async () => ({ paper: await findPaper(db, paperId) }), [db, paperId])
  const buyer = useNamedBuyer(paperId)
  const receiptNo = read?.paper?.entry.body.receiptNo ?? ''
  const isLast = useIsLast(receiptNo)
  const isFirst = !useIsPrinted(receiptNo) && isLast
  if (read === undefined) return null
  if (read.paper === undefined) return <NoSuchReceipt />
  const { entry, fate, reason, elsewhere } = read.paper
  const receipt = receiptOf(entry, elsewhere, buyer)
  return (
    <>
      <h1 className={classes.spoken}>{t('Receipt {{receiptNo}}', { receiptNo: receipt.receiptNo })}</h1>
      {isLast && entry.kind !== 'sale' && <PayOut tenders={entry.body.tenders} />}
      <div className={classes.detailTop}>
        <span className={classes.phoneOnly}>
          <BackButton onClick={() => go('/receipts')}>{t('All receipts')}</BackButton>
        </span>
        {elsewhere !== undefined && entry.tillId !== till.tillId ? (
          <StatusChip tone="info" icon={IconDeviceDesktop}>
            {t('Of {{tillName}}, {{outletName}}', { ...elsewhere })}
          </StatusChip>
        ) : (
          <FateChip fate={fate} />
        )}
        <Button
          h={48}
          leftSection={<IconPrinter aria-hidden size={20} />}
          onClick={() => printPaper(receipt, isLast)}
        >
          {isFirst ? t('Print') : t('Print a copy')}
        </Button>
        <ShareReceipt receipt={receipt} copy={!isFirst} />
        <ReceiptAsQr receipt={receipt} copy={!isFirst} />
        {/* A till sends its own receipts: those of others are shown for what comes back of them. */}
        {entry.tillId === till.tillId && (
          <>
            <EmailReceipt entry={entry} copy={!isFirst} />
            <NameBuyer entry={entry} buyer={receipt.buyer} />
          </>
        )}
      </div>
      {fate === 'held' && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('Held for head office')}>
          {t(
            'The server keeps this but could not read all of it: {{reason}} Nothing is lost. Tell head office.',
            {
              reason: reason ?? '',
            },
          )}
        </Alert>
      )}
      {/* By its sale: what was picked of one must not stay for the next. Above the paper, which may be long. */}
      {entry.kind === 'sale' && <TakeBack key={entry.id} saleId={entry.id} />}
      <ReceiptView receipt={receipt} copy={!isFirst} />
    </>
  )
}
