import { varianceOf } from '@evertill/shared/domain/shift'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMoneyText } from '../../app/money.tsx'
import { StatusChip } from '../../app/status-chip.tsx'
import type { ClosedShift as Closed } from '../../store/shift.ts'
import page from '../frame/page.module.css'
import classes from './drawer.module.css'
import { ReportPaper } from './report-paper.tsx'
import { useZReport } from './use-report.ts'

/** A closed shift: what its drawer was over or short of, and its Z report. */
export function ClosedShift({ closed }: { closed: Closed }) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const report = useZReport(closed)
  const [cash] = closed.body.tenders
  const variance = (cash && varianceOf(cash)) ?? 0
  return (
    <section className={`${page.card} ${classes.card}`} aria-labelledby={`closed-${closed.shiftId}`}>
      <h2 id={`closed-${closed.shiftId}`}>{t('Shift closed')}</h2>
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
      <ReportPaper report={report} />
    </section>
  )
}
