import { type Minor, minor } from '@evertill/shared/domain/money'
import { type CashCount, expectedTenders } from '@evertill/shared/domain/shift'
import type { EntryOf } from '@evertill/shared/protocol/entry'
import { Button, Modal } from '@mantine/core'
import { useLiveQuery } from 'dexie-react-hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMoneyText } from '../../app/money.tsx'
import { readPaidExchange } from '../../store/open-exchange.ts'
import type { Approval } from '../../store/permit.ts'
import { closeShift } from '../../store/record-shift.ts'
import type { OpenShift } from '../../store/shift.ts'
import { useApproval } from '../approval/use-approval.tsx'
import { HeldNote } from '../cart/held-note.tsx'
import { ReasonField } from '../recording/reason-field.tsx'
import classes from '../recording/recording.module.css'
import { useRecorder } from '../recording/use-recorder.ts'
import { useFacts, useOpenSale, useServices } from '../till-context.tsx'
import { CashEntry } from './cash-entry.tsx'
import { MoneyOnCounter } from './money-on-counter.tsx'

interface Count {
  readonly amount: Minor
  readonly counts?: readonly CashCount[]
  readonly approval?: Approval
}

/** A count whose difference was told. */
interface Differing extends Count {
  readonly told: Minor
  readonly reasonWanted: boolean
}

/**
 * A blind count, unless the company counts otherwise: what should be there is shown only when what is there has been
 * counted. Where the two differ, that is told first: it is counted again, or closed with it, and explained where it is
 * more than the company lets pass.
 */
export function CloseShiftDialog({
  shift,
  onClose,
  onClosed,
}: {
  shift: OpenShift
  onClose: () => void
  onClosed: (entry: EntryOf<'shift-closed'>) => void
}) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { catalogue } = useFacts()
  const money = useMoneyText()
  const { record, recording, refusal } = useRecorder()
  const { withApproval, dialog } = useApproval('shift.close')
  const [differing, setDiffering] = useState<Differing>()
  const [again, setAgain] = useState(false)
  const [note, setNote] = useState('')
  // Said before the drawer is counted, not after it.
  const { tenders } = useOpenSale()
  const paidExchange = useLiveQuery(() => readPaidExchange(db), [db])
  const isOnCounter = tenders.length > 0 || paidExchange !== undefined
  const methodCode = catalogue.paymentMethods.find((method) => method.kind === 'cash')?.code ?? 'CASH'
  const blind = catalogue.company.blindCount ?? true
  const [expected] = expectedTenders(shift.totals, methodCode)

  const close = (count: Count & { readonly told?: Minor }) =>
    record(
      async (input) => {
        const { amount, counts, approval, told } = count
        const closed = await closeShift(db, {
          ...input,
          counted: [{ methodCode, amount }],
          ...(counts && { counts }),
          ...(note.trim() !== '' && { note: note.trim() }),
          ...(approval && { approval }),
          ...(told !== undefined && { told }),
        })
        if ('code' in closed && 'variance' in closed)
          setDiffering({ ...count, told: closed.variance, reasonWanted: closed.code === 'reason-wanted' })
        return closed
      },
      ({ entry }) => onClosed(entry),
    )
  const countAgain = () => {
    setAgain(true)
    setDiffering(undefined)
    setNote('')
  }
  return (
    <>
      <Modal
        opened
        onClose={onClose}
        size={560}
        title={t('Close shift')}
        closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
      >
        <div className={classes.form}>
          <HeldNote />
          {isOnCounter ? (
            <MoneyOnCounter />
          ) : (
            <>
              <p className={classes.quiet}>
                {blind
                  ? t(
                      'Count all cash in the drawer, float included. What should be there is shown afterwards.',
                    )
                  : t('Count all cash in the drawer, float included. There should be {{amount}}.', {
                      amount: money(expected?.expected ?? 0),
                    })}
              </p>
              <p className={classes.refusal} role="alert">
                {differing === undefined && again ? '' : refusal}
              </p>
              {differing === undefined ? (
                <CashEntry
                  placeholder={t('Cash counted')}
                  draft={shift.shiftId}
                  idle={t('Close shift')}
                  action={(_, text) => t('Close with {{amount}} counted', { amount: text })}
                  onDone={(amount, counts) =>
                    withApproval(
                      (approval) =>
                        close({
                          amount: minor(amount),
                          ...(counts && { counts }),
                          ...(approval && { approval }),
                        }),
                      t('Close shift'),
                    )
                  }
                />
              ) : (
                <>
                  {differing.reasonWanted && (
                    <ReasonField
                      autoFocus
                      value={note}
                      onChange={setNote}
                      usual={[t('Wrong change given'), t('Float was wrong'), t('Cannot be explained')]}
                    />
                  )}
                  {/* One more Enter counts again; it does not close a shift that is short. */}
                  <Button variant="default" h={56} autoFocus={!differing.reasonWanted} onClick={countAgain}>
                    {t('Count again')}
                  </Button>
                  <Button
                    h={56}
                    fz={18}
                    loading={recording}
                    disabled={differing.reasonWanted && note.trim() === ''}
                    onClick={() => close(differing)}
                  >
                    {t('Close with {{amount}} counted', { amount: money(differing.amount) })}
                  </Button>
                </>
              )}
            </>
          )}
        </div>
      </Modal>
      {dialog}
    </>
  )
}
