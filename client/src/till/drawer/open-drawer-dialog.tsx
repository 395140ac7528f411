import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openDrawer } from '../../store/record-shift.ts'
import { useApproval } from '../approval/use-approval.tsx'
import { openCashDrawer } from '../printing/open-cash-drawer.ts'
import { ReasonField } from '../recording/reason-field.tsx'
import classes from '../recording/recording.module.css'
import { useRecorder } from '../recording/use-recorder.ts'
import { useServices } from '../till-context.tsx'

/** The drawer opened without a sale: recorded with who and why. */
export function OpenDrawerDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { record, refusal, recording } = useRecorder()
  const { withApproval, dialog } = useApproval('drawer.open')
  const [reason, setReason] = useState('')
  const open = () =>
    withApproval(
      (approval) =>
        record(
          (input) => openDrawer(db, { ...input, reason: reason.trim(), ...(approval && { approval }) }),
          () => {
            void openCashDrawer()
            onClose()
          },
        ),
      `${t('Open drawer')} · ${reason.trim()}`,
    )
  return (
    <>
      <Modal
        opened
        onClose={onClose}
        size={420}
        title={t('Open drawer')}
        closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
      >
        <div className={classes.form}>
          <p className={classes.quiet}>{t('It is written down who opened it, when and why.')}</p>
          <ReasonField
            autoFocus
            value={reason}
            onChange={setReason}
            usual={[t('Give change'), t('Check the cash'), t('Opened by mistake')]}
          />
          <p className={classes.refusal} role="alert">
            {refusal}
          </p>
          <Button h={56} fz={18} loading={recording} disabled={reason.trim() === ''} onClick={open}>
            {t('Open drawer')}
          </Button>
        </div>
      </Modal>
      {dialog}
    </>
  )
}
