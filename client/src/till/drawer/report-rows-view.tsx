import type { ShiftReport } from '@evertill/shared/domain/shift-report'
import { useTranslation } from 'react-i18next'
import classes from './report.module.css'
import { reportRows } from './report-rows.ts'

/** The rows of a report, on screen and in the browser's print. */
export function ReportRows({ report }: { report: ShiftReport }) {
  const { t } = useTranslation()
  return reportRows(report, t).map((row, i) => {
    // Rows of one report never change their places.
    const key = `${i} ${row.kind}`
    switch (row.kind) {
      case 'rule':
        return <hr key={key} className={classes.rule} />
      case 'text':
        return (
          <p key={key} className={classes.text} data-centred={row.centred} data-strong={row.strong}>
            {row.text}
          </p>
        )
      case 'pair':
        return (
          <p key={key} className={classes.pair} data-strong={row.strong}>
            <span>{row.label}</span>
            <span className={classes.value}>{row.value}</span>
          </p>
        )
      default:
        return null
    }
  })
}
