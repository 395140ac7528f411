import { paperTime } from '@evertill/shared/receipt/paper-time'
import { Button } from '@mantine/core'
import {
  IconArrowDownLeft,
  IconArrowUpRight,
  IconCashRegister,
  IconLock,
  IconReportMoney,
} from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { countText, dateTimeText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import { staffName } from '../../store/catalogue.ts'
import { recordOverride } from '../../store/record-override.ts'
import { type ClosedShift, closedShiftOf, type OpenShift } from '../../store/shift.ts'
import { useApproval } from '../approval/use-approval.tsx'
import page from '../frame/page.module.css'
import { useRecorder } from '../recording/use-recorder.ts'
import { useFacts, useServices } from '../till-context.tsx'
import { CloseShiftDialog } from './close-shift-dialog.tsx'
import classes from './drawer.module.css'
import { MoveCashDialog } from './move-cash-dialog.tsx'
import { OpenDrawerDialog } from './open-drawer-dialog.tsx'
import { XReportDialog } from './x-report-dialog.tsx'

type Dialog = 'in' | 'out' | 'drawer' | 'x' | 'close'

/** The running shift. What should be in the drawer is not shown: whoever counts must not know it before. */
export function ShiftCard({
  shift,
  onClosed,
}: {
  shift: OpenShift
  onClosed: (closed: ClosedShift) => void
}) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { catalogue } = useFacts()
  const { record, refusal } = useRecorder()
  const { withApproval, dialog: approval } = useApproval('report.view')
  const [dialog, setDialog] = useState<Dialog>()
  const close = () => setDialog(undefined)
  const openReport = () =>
    withApproval((given) => {
      if (given === undefined) return setDialog('x')
      record(
        (input) => recordOverride(db, { ...input, approval: given, about: 'X report' }),
        () => setDialog('x'),
      )
    }, t('X report'))
  const { totals, openedBy, openedAt, openedOffsetMs = 0 } = shift
  const openedText = paperTime({ at: openedAt, clockOffsetMs: openedOffsetMs })
  return (
    <section className={`${page.card} ${classes.card}`} aria-labelledby="shift">
      <h2 id="shift">{t('This shift')}</h2>
      <dl>
        <Fact label={t('Opened')}>
          {dateTimeText(new Date(openedText), catalogue.outlet.timeZone)} · {staffName(catalogue, openedBy)}
        </Fact>
        <Fact label={t('Float')}>
          <Money amount={totals.float} />
        </Fact>
        <Fact label={t('Sales')}>
          {countText(totals.sales.count)} · <Money amount={totals.sales.total} />
        </Fact>
        <Fact label={t('Refunds and voids')}>
          {countText(totals.refunds.count)} · <Money amount={-totals.refunds.total} />
        </Fact>
        <Fact label={t('Cash put in')}>
          <Money amount={totals.movedIn} />
        </Fact>
        <Fact label={t('Cash taken out')}>
          <Money amount={totals.movedOut} />
        </Fact>
      </dl>
      <div className={classes.actions}>
        <Button
          variant="default"
          h={56}
          leftSection={<IconArrowDownLeft aria-hidden size={20} />}
          onClick={() => setDialog('in')}
        >
          {t('Cash in')}
        </Button>
        <Button
          variant="default"
          h={56}
          leftSection={<IconArrowUpRight aria-hidden size={20} />}
          onClick={() => setDialog('out')}
        >
          {t('Cash out')}
        </Button>
        <Button
          variant="default"
          h={56}
          leftSection={<IconCashRegister aria-hidden size={20} />}
          onClick={() => setDialog('drawer')}
        >
          {t('Open drawer')}
        </Button>
        <Button
          variant="default"
          h={56}
          leftSection={<IconReportMoney aria-hidden size={20} />}
          onClick={openReport}
        >
          {t('X report')}
        </Button>
        <Button h={56} leftSection={<IconLock aria-hidden size={20} />} onClick={() => setDialog('close')}>
          {t('Close shift')}
        </Button>
      </div>
      <p className={classes.refusal} role="alert">
        {refusal}
      </p>
      {(dialog === 'in' || dialog === 'out') && <MoveCashDialog direction={dialog} onClose={close} />}
      {dialog === 'drawer' && <OpenDrawerDialog onClose={close} />}
      {dialog === 'x' && <XReportDialog shift={shift} onClose={close} />}
      {approval}
      {dialog === 'close' && (
        <CloseShiftDialog
          shift={shift}
          onClose={close}
          onClosed={(entry) => {
            close()
            onClosed(closedShiftOf(entry, shift))
          }}
        />
      )}
    </section>
  )
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
