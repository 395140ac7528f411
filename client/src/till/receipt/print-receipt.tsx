import { useEffect, useRef, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { writePapersIn } from '../../app/i18n.ts'
import { printerSettings } from '../../devices/printer-settings.ts'
import { keptLogo } from '../../store/logo.ts'
import { useFacts, useServices } from '../till-context.tsx'
import { PAPERS, type PaperMm, usePaperMm } from './paper-mm.ts'
import { printInTurn } from './print-in-turn.ts'
import { currentPrintJob, onPrintJob, printDone, printHanded } from './print-job.ts'
import classes from './receipt.module.css'
import { receiptCodeReady } from './receipt-code.tsx'
import { ReceiptView } from './receipt-view.tsx'

const MM_PER_PX = 25.4 / 96
/** Room for the cutter. */
const TAIL_MM = 8

const onPrinter = printInTurn(async () => (await import('../printing/print-on-printer.tsx')).printOnPrinter)

/** Outside the app's root, so that print shows it and nothing else. */
export function PrintRoot() {
  const job = useSyncExternalStore(onPrintJob, currentPrintJob)
  const [paperMm] = usePaperMm()
  const root = useRef<HTMLDivElement>(null)
  const { receiptLanguage = 'en' } = useFacts().catalogue.company
  useEffect(() => void writePapersIn(receiptLanguage), [receiptLanguage])
  // From here on it is at hand when a receipt is made.
  keptLogo(useServices().db)

  useEffect(() => {
    const element = root.current
    if (job === undefined || element === null) return
    if (printerSettings().kind !== 'browser') {
      printDone()
      void onPrinter(job)
      return
    }
    const page = document.createElement('style')
    let timer: ReturnType<typeof setTimeout> | undefined
    let wanted = true
    const print = () => {
      // One page exactly as long as the receipt: `auto` is not a page length a browser knows.
      page.textContent = `@page { size: ${paperMm}mm ${pageLengthMm(element, paperMm)}mm; margin: 0 }`
      document.head.append(page)
      window.addEventListener('afterprint', printDone, { once: true })
      printHanded()
      window.print()
    }
    const pictures = [...element.querySelectorAll('img')]
    if (element.querySelector('svg') !== null && pictures.every(({ complete }) => complete)) print()
    // The code has yet to be fetched and drawn, and the logo to be decoded: a tick later than they are here.
    else
      void Promise.allSettled([receiptCodeReady(), ...pictures.map((one) => one.decode())]).then(() => {
        if (wanted) timer = setTimeout(print)
      })
    return () => {
      wanted = false
      clearTimeout(timer)
      page.remove()
      window.removeEventListener('afterprint', printDone)
    }
  }, [job, paperMm])

  return createPortal(
    <div ref={root} className={classes.printRoot} data-paper={paperMm} aria-hidden>
      {job !== undefined && <ReceiptView receipt={job.receipt} copy={job.copy} />}
    </div>,
    document.body,
  )
}

function pageLengthMm(element: HTMLElement, paperMm: PaperMm): number {
  const { printableMm } = PAPERS[paperMm]
  element.style.cssText = `display: block; position: absolute; visibility: hidden; width: ${printableMm}mm`
  const length = Math.ceil(element.scrollHeight * MM_PER_PX) + TAIL_MM
  element.style.cssText = ''
  return length
}
