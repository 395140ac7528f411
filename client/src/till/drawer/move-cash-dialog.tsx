import type { Minor } from '@evertill/shared/domain/money'
import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMoneyText } from '../../app/money.tsx'
import { moveCash } from '../../store/record-shift.ts'
import { useApproval } from '../approval/use-approval.tsx'
import { MoneyEntry } from '../recording/money-entry.tsx'
import { ReasonField } from '../recording/reason-field.tsx'
import classes from '../recording/recording.module.css'
import { useRecorder } from '../recording/use-recorder.ts'
import { useServices } from '../till-context.tsx'

/** Money that comes into the drawer, or leaves it, without a sale. */
export function MoveCashDialog({ direction, onClose }: { direction: 'in' | 'out'; onClose: () => void }) {
  const { t } = useTranslation()
  const { db } = useServices()
  const money = useMoneyText()
  const { record, refusal } = useRecorder()
  const { withApproval, dialog } = useApproval('cash.move')
  const [reason, setReason] = useState('')
  // Refused once because the books expect less: taken out all the same when it is pressed again.
  const [tooMuch, setTooMuch] = useState<Minor>()
  const usual =
    direction === 'in'
      ? [t('More change'), t('Put back')]
      : [t('To the safe'), t('To the bank'), t('Petty cash')]
  const wordsFor = (amount: string) =>
    direction === 'in' ? t('Put in {{amount}}', { amount }) : t('Take out {{amount}}', { amount })
  return (
    <>
      <Modal
        opened
        onClose={onClose}
        size={420}
        title={direction === 'in' ? t('Cash in') : t('Cash out')}
        closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
      >
        <div className={classes.form}>
          <ReasonField value={reason} onChange={setReason} usual={usual} />
          <p className={classes.refusal} role="alert">
            {refusal}
          </p>
          <MoneyEntry
            placeholder={t('How much?')}
            idle={direction === 'in' ? t('Put in') : t('Take out')}
            action={(amount, text) => {
              if (amount === 0 || reason.trim() === '') return undefined
              if (amount === tooMuch) return t('Take out {{amount}} all the same', { amount: text })
              return wordsFor(text)
            }}
            why={(amount) => (amount > 0 ? t('First say why') : undefined)}
            onDone={(amount) =>
              withApproval(
                (approval) =>
                  record(async (input) => {
                    const moved = await moveCash(db, {
                      ...input,
                      direction,
                      amount,
                      reason: reason.trim(),
                      certain: amount === tooMuch,
                      ...(approval && { approval }),
                    })
                    if ('code' in moved && moved.code === 'more-than-expected') setTooMuch(amount)
                    return moved
                  }, onClose),
                `${wordsFor(money(amount))} · ${reason.trim()}`,
              )
            }
          />
        </div>
      </Modal>
      {dialog}
    </>
  )
}
