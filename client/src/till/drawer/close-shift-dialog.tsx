import type { ShiftClosedBody } from '@evertill/shared/domain/shift'
import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { closeShift } from '../../store/record-shift.ts'
import { useApproval } from '../approval/use-approval.tsx'
import { HeldNote } from '../cart/held-note.tsx'
import { MoneyEntry } from '../recording/money-entry.tsx'
import classes from '../recording/recording.module.css'
import { useRecorder } from '../recording/use-recorder.ts'
import { useFacts, useServices } from '../till-context.tsx'

/** A blind count: what should be there is shown only when what is there has been recorded. */
export function CloseShiftDialog({
  onClose,
  onClosed,
}: {
  onClose: () => void
  onClosed: (body: ShiftClosedBody) => void
}) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { catalogue } = useFacts()
  const { record, refusal } = useRecorder()
  const { withApproval, dialog } = useApproval('shift.close')
  const methodCode = catalogue.paymentMethods.find((method) => method.kind === 'cash')?.code ?? 'CASH'
  return (
    <>
      <Modal
        opened
        onClose={onClose}
        size={420}
        title={t('Close shift')}
        closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
      >
        <div className={classes.form}>
          <HeldNote />
          <p className={classes.quiet}>
            {t('Count all cash in the drawer, float included. What should be there is shown afterwards.')}
          </p>
          <p className={classes.refusal} role="alert">
            {refusal}
          </p>
          <MoneyEntry
            placeholder={t('Cash counted')}
            idle={t('Close shift')}
            action={(_, text) => t('Close with {{amount}} counted', { amount: text })}
            onDone={(amount) =>
              withApproval((approval) =>
                record(
                  (input) =>
                    closeShift(db, {
                      ...input,
                      counted: [{ methodCode, amount }],
                      ...(approval && { approval }),
                    }),
                  ({ entry }) => onClosed(entry.body),
                ),
              )
            }
          />
        </div>
      </Modal>
      {dialog}
    </>
  )
}
