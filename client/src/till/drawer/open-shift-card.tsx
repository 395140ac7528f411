import { useTranslation } from 'react-i18next'
import { useMoneyText } from '../../app/money.tsx'
import { openShift } from '../../store/record-shift.ts'
import { useApproval } from '../approval/use-approval.tsx'
import page from '../frame/page.module.css'
import { useRecorder } from '../recording/use-recorder.ts'
import { useServices } from '../till-context.tsx'
import { CashEntry } from './cash-entry.tsx'
import classes from './drawer.module.css'

export function OpenShiftCard({ onOpened }: { onOpened: () => void }) {
  const { t } = useTranslation()
  const { db } = useServices()
  const money = useMoneyText()
  const { record, refusal } = useRecorder()
  const { withApproval, dialog } = useApproval('shift.open')
  return (
    <section className={`${page.card} ${classes.card}`} aria-labelledby="open-shift">
      <h2 id="open-shift">{t('Open a shift')}</h2>
      <p className={classes.quiet}>
        {t(
          'Count the cash in the drawer before the first sale. Everything sold until the shift is closed belongs to it.',
        )}
      </p>
      <p className={classes.refusal} role="alert">
        {refusal}
      </p>
      <CashEntry
        placeholder={t('Cash in the drawer')}
        draft="float"
        idle={t('Open shift')}
        action={(_, text) => t('Open shift with {{amount}}', { amount: text })}
        onDone={(float, counts) =>
          withApproval(
            (approval) =>
              record(
                (input) =>
                  openShift(db, {
                    ...input,
                    float,
                    ...(counts && { counts }),
                    ...(approval && { approval }),
                  }),
                () => onOpened(),
              ),
            t('Open shift with {{amount}}', { amount: money(float) }),
          )
        }
      />
      {dialog}
    </section>
  )
}
