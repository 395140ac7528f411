import type { ShiftReport } from '@evertill/shared/domain/shift-report'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { printRows } from '../../devices/printer.ts'
import { printerSettings } from '../../devices/printer-settings.ts'
import { PAPERS, type PaperMm, usePaperMm } from '../receipt/paper-mm.ts'
import receipt from '../receipt/receipt.module.css'
import classes from './report.module.css'
import { reportRows } from './report-rows.ts'
import { ReportRows } from './report-rows-view.tsx'

const MM_PER_PX = 25.4 / 96
/** Room for the cutter. */
const TAIL_MM = 8

/** Prints a report the way this device prints. Render `root` somewhere; `trouble` says why no paper comes. */
export function useReportPrinter(report: ShiftReport): {
  readonly print: () => void
  readonly trouble: string | undefined
  readonly root: ReactNode
} {
  const { t } = useTranslation()
  const [paperMm] = usePaperMm()
  const [job, setJob] = useState<ShiftReport>()
  const [trouble, setTrouble] = useState<string>()
  const printOnPrinter = async () => {
    setTrouble(undefined)
    const outcome = await printRows(reportRows(report, t), paperMm)
    if (outcome === 'gone')
      setTrouble(t('The report was not printed. See that the printer is switched on and connected.'))
    if (outcome === 'no-answer')
      setTrouble(t('The printer has not answered yet. Look for paper and a closed cover.'))
  }
  return {
    print: () => (printerSettings().kind === 'browser' ? setJob(report) : void printOnPrinter()),
    trouble,
    root: job && <PrintedReport report={job} paperMm={paperMm} onDone={() => setJob(undefined)} />,
  }
}

/** Outside the app's root, so that print shows it and nothing else. */
function PrintedReport({
  report,
  paperMm,
  onDone,
}: {
  report: ShiftReport
  paperMm: PaperMm
  onDone: () => void
}) {
  const root = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: printed once, when it is put there
  useEffect(() => {
    const element = root.current
    if (element === null) return
    const page = document.createElement('style')
    page.textContent = `@page { size: ${paperMm}mm ${lengthMm(element, paperMm)}mm; margin: 0 }`
    document.head.append(page)
    window.addEventListener('afterprint', onDone, { once: true })
    window.print()
    return () => {
      page.remove()
      window.removeEventListener('afterprint', onDone)
    }
  }, [])
  return createPortal(
    <div ref={root} className={receipt.printRoot} data-paper={paperMm} aria-hidden>
      <div className={classes.paper} data-paper={paperMm}>
        <ReportRows report={report} />
      </div>
    </div>,
    document.body,
  )
}

function lengthMm(element: HTMLElement, paperMm: PaperMm): number {
  element.style.cssText = `display: block; position: absolute; visibility: hidden; width: ${PAPERS[paperMm].printableMm}mm`
  const length = Math.ceil(element.scrollHeight * MM_PER_PX) + TAIL_MM
  element.style.cssText = ''
  return length
}
