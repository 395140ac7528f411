import type { ShiftReport } from '@evertill/shared/domain/shift-report'
import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { usePaperMm } from '../receipt/paper-mm.ts'
import forms from '../recording/recording.module.css'
import classes from './report.module.css'
import { titleOf } from './report-rows.ts'
import { ReportRows } from './report-rows-view.tsx'
import { useReportPrinter } from './use-report-printer.tsx'

/** An X or Z report as it comes out of the printer, and the way there. */
export function ReportPaper({ report }: { report: ShiftReport }) {
  const { t } = useTranslation()
  const [paperMm] = usePaperMm()
  const { print, root, trouble } = useReportPrinter(report)
  return (
    <div className={classes.report}>
      <Button h={48} variant="default" leftSection={<IconPrinter aria-hidden size={20} />} onClick={print}>
        {t('Print')}
      </Button>
      <p className={forms.refusal} role="alert">
        {trouble}
      </p>
      <article className={classes.paper} data-paper={paperMm} aria-label={titleOf(report, t)}>
        <ReportRows report={report} />
      </article>
      {root}
    </div>
  )
}
