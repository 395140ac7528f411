import { useEffect, useRef, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { currentPrintJob, onPrintJob, printDone } from './print-job.ts'
import classes from './receipt.module.css'
import { ReceiptView } from './receipt-view.tsx'

const PAPER_MM = 80
const MM_PER_PX = 25.4 / 96
/** Room for the cutter. */
const TAIL_MM = 8

/** Outside the app's root, so that print shows it and nothing else. */
export function PrintRoot() {
  const job = useSyncExternalStore(onPrintJob, currentPrintJob)
  const root = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const element = root.current
    if (job === undefined || element === null) return
    // One page exactly as long as the receipt: `auto` is not a page length a browser knows.
    const page = document.createElement('style')
    page.textContent = `@page { size: ${PAPER_MM}mm ${pageLengthMm(element)}mm; margin: 0 }`
    document.head.append(page)
    window.addEventListener('afterprint', printDone, { once: true })
    window.print()
    return () => {
      page.remove()
      window.removeEventListener('afterprint', printDone)
    }
  }, [job])

  return createPortal(
    <div ref={root} className={classes.printRoot} aria-hidden>
      {job !== undefined && <ReceiptView receipt={job.receipt} copy={job.copy} />}
    </div>,
    document.body,
  )
}

function pageLengthMm(element: HTMLElement): number {
  element.style.cssText = 'display: block; position: absolute; visibility: hidden; width: 72mm'
  const length = Math.ceil(element.scrollHeight * MM_PER_PX) + TAIL_MM
  element.style.cssText = ''
  return length
}
