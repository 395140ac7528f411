import { type ShiftClosedBody, varianceOf } from '@evertill/shared/domain/shift'
import { Alert } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconClock } from '@tabler/icons-react'
import { useLiveQuery } from 'dexie-react-hooks'
import { useTranslation } from 'react-i18next'
import { countText } from '../../app/format.ts'
import { Money, useMoneyText } from '../../app/money.tsx'
import { StatusChip } from '../../app/status-chip.tsx'
import { countWaiting } from '../../store/journal.ts'
import type { OpenShift } from '../../store/shift.ts'
import { useFacts, useServices } from '../till-context.tsx'
import classes from './drawer.module.css'
import { Fact } from './shift-card.tsx'

export interface Closed {
  readonly body: ShiftClosedBody
  readonly shift: OpenShift
}

/** The Z report of the shift that was just closed. */
export function ClosedShift({ closed: { body, shift } }: { closed: Closed }) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { till, catalogue } = useFacts()
  const money = useMoneyText()
  const waiting = useLiveQuery(() => countWaiting(db, till.tillId), [db, till.tillId])
  const [cash, ...others] = body.tenders
  const variance = (cash && varianceOf(cash)) ?? 0
  const nameOf = (code: string) =>
    catalogue.paymentMethods.find((method) => method.code === code)?.name ?? code
  return (
    <section className={classes.card} aria-labelledby="closed">
      <h2 id="closed">{t('Shift closed')}</h2>
      <p role="status" className={classes.variance}>
        {variance === 0 ? (
          <StatusChip tone="safe" icon={IconCircleCheck}>
            {t('The drawer is exactly right')}
          </StatusChip>
        ) : (
          <StatusChip tone="waiting" icon={IconAlertTriangle}>
            {variance > 0
              ? t('{{amount}} too much in the drawer', { amount: money(variance) })
              : t('{{amount}} missing in the drawer', { amount: money(-variance) })}
          </StatusChip>
        )}
      </p>
      <dl>
        <Fact label={t('Cash that should be there')}>
          <Money amount={cash?.expected ?? 0} />
        </Fact>
        <Fact label={t('Cash counted')}>
          <Money amount={cash?.counted ?? 0} />
        </Fact>
        <Fact label={t('Float')}>
          <Money amount={shift.totals.float} />
        </Fact>
        <Fact label={t('Sales')}>
          {countText(body.sales.count)} · <Money amount={body.sales.total} />
        </Fact>
        <Fact label={t('Refunds and voids')}>
          {countText(body.refunds.count)} · <Money amount={-body.refunds.total} />
        </Fact>
        {others.map((tender) => (
          <Fact key={tender.methodCode} label={nameOf(tender.methodCode)}>
            <Money amount={tender.expected} />
          </Fact>
        ))}
      </dl>
      {waiting !== undefined && waiting > 0 && (
        <Alert color="blue" icon={<IconClock aria-hidden />}>
          {t('Provisional: {{count}} entries are still on their way to head office', { count: waiting })}
        </Alert>
      )}
    </section>
  )
}
