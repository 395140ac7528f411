import { completeVoid, type OriginalSale } from '@evertill/shared/domain/refund'
import type { EntryOf } from '@evertill/shared/protocol/entry'
import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMoneyText } from '../../app/money.tsx'
import { WithWhole } from '../../app/with-whole.tsx'
import { recordVoid } from '../../store/record-refund.ts'
import { useApproval } from '../approval/use-approval.tsx'
import { ReasonField } from '../recording/reason-field.tsx'
import { useRecordWords } from '../recording/record-words.ts'
import forms from '../recording/recording.module.css'
import { useRecorder } from '../recording/use-recorder.ts'
import { useServices } from '../till-context.tsx'
import { AskedNote } from './asked-note.tsx'
import classes from './refund.module.css'
import { TenderWords } from './tender-words.tsx'
import type { Asked } from './use-asked.ts'

/** The whole of a sale taken back, as if it had not been. */
export function VoidDialog({
  original,
  asked,
  onClose,
  onVoided,
}: {
  original: OriginalSale
  asked: Asked
  onClose: () => void
  onVoided: (entry: EntryOf<'void'>) => void
}) {
  const { t } = useTranslation()
  const { db } = useServices()
  const money = useMoneyText()
  const wordsFor = useRecordWords()
  const { record, recording, refusal } = useRecorder()
  const { withApproval, dialog } = useApproval('sale.void')
  const [reason, setReason] = useState('')
  const preview = completeVoid(original, { receiptNo: '', reason: '' })
  const { saleId, sale } = original
  const voidSale = () => {
    if ('code' in preview) return
    withApproval(
      (approval) =>
        record(
          (input) =>
            recordVoid(db, {
              ...input,
              saleId,
              reason: reason.trim(),
              expectedTotal: preview.total,
              ...(approval && { approval }),
            }),
          ({ entry }) => onVoided(entry),
        ),
      `${t('Void {{amount}}', { amount: money(preview.total) })} · ${reason.trim()}`,
    )
  }
  return (
    <>
      <Modal
        opened
        onClose={onClose}
        size={480}
        title={
          <WithWhole text={t('Void {{receiptNo}}', { receiptNo: sale.receiptNo })} whole={sale.receiptNo} />
        }
        closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
      >
        <div className={forms.form}>
          <p className={forms.quiet}>
            {t(
              'For a sale that should not have been: all of it goes back on the shelf and back to the customer.',
            )}
          </p>
          <ReasonField
            autoFocus
            value={reason}
            onChange={setReason}
            usual={[t('Rung up twice'), t('Customer left'), t('Wrong items')]}
          />
          {'code' in preview ? (
            <p className={forms.refusal} role="alert">
              {wordsFor(preview)}
            </p>
          ) : (
            <p className={classes.goesBack}>
              <TenderWords tenders={preview.tenders} />
            </p>
          )}
          <AskedNote asked={asked} />
          <p className={forms.refusal} role="alert">
            {refusal}
          </p>
          <Button
            h={56}
            fz={18}
            color="red"
            loading={recording}
            disabled={asked === 'asking' || 'code' in preview || reason.trim() === ''}
            onClick={voidSale}
          >
            {t('Void {{amount}}', { amount: money(sale.total) })}
          </Button>
        </div>
      </Modal>
      {dialog}
    </>
  )
}
