import { Button } from '@mantine/core'
import { IconCircleCheck, IconPrinter } from '@tabler/icons-react'
import { useLiveQuery } from 'dexie-react-hooks'
import { type MouseEvent, memo, type RefObject, useCallback, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useAfterPaint } from '../../app/after-paint.ts'
import { ErrorState } from '../../app/error-state.tsx'
import { later } from '../../app/later.tsx'
import { Money } from '../../app/money.tsx'
import { isHasty } from '../../devices/steady-hands.ts'
import { findSale } from '../../store/journal.ts'
import { useShortcuts } from '../frame/use-shortcuts.ts'
import { ReceiptView } from '../receipt/receipt-view.tsx'
import { useNamedBuyer } from '../receipt/use-named-buyer.ts'
import { useReceiptOf } from '../receipt/use-receipt-of.ts'
import { printPaper, useIsPrinted } from '../receipts/first-paper.ts'
import { useServices } from '../till-context.tsx'
import { IssuedCodes } from '../value/issued-codes.tsx'
import { HandedOver } from './handed-over.tsx'
import classes from './pay.module.css'

const AfterPaid = later(async () => (await import('../printing/after-paid.tsx')).AfterPaid)
const DevicesWhenPaid = later(async () => (await import('../printing/devices-when-paid.tsx')).DevicesWhenPaid)
const PaperWidth = later(async () => (await import('../receipt/paper-width.tsx')).PaperWidth)

export interface PaidScreenProps {
  /** The sale it is about, which is on disk. Without one it stands ready and out of sight. */
  readonly saleId: string | undefined
  readonly onNext: () => void
}

export function PaidScreen({ saleId, onNext }: PaidScreenProps) {
  const { t } = useTranslation()
  const { db, lastSale } = useServices()
  const receiptOf = useReceiptOf()
  const newSale = useRef<HTMLButtonElement>(null)
  const justRecorded =
    saleId !== undefined && lastSale.current?.entry.id === saleId ? lastSale.current : undefined
  // Reading it back is what survives a reload.
  const isOld = saleId !== undefined && justRecorded === undefined
  const read = useLiveQuery(
    async () => ({ saleId, sale: isOld ? await findSale(db, saleId) : undefined }),
    [db, saleId, isOld],
  )
  const sale = justRecorded ?? (read?.saleId === saleId ? read?.sale : undefined)
  const entry = sale?.entry
  // Of a print alone: a customer may have its code or a mail beside the paper.
  const printsCopy = useIsPrinted(entry?.body.receiptNo ?? '') || isOld
  // Paid and the change first: the paper comes a moment later into the room that is kept for it.
  const papers = useAfterPaint(entry)
  const buyer = useNamedBuyer(papers?.id)
  const shown = entry !== undefined
  useShortcuts(saleId === undefined ? {} : { Escape: onNext, F2: onNext })
  const shownAt = useRef(0)
  useLayoutEffect(() => {
    if (!shown) return
    newSale.current?.focus()
    shownAt.current = performance.now()
  }, [shown])
  // The change to give is read first.
  const next = useCallback(
    (event: MouseEvent) => {
      if (!isHasty(event, shownAt.current)) onNext()
    },
    [onNext],
  )
  const latest = useRef<() => void>(undefined)
  latest.current = () => entry && printPaper(receiptOf(entry, undefined, buyer), !isOld)
  const print = useCallback(() => latest.current?.(), [])

  if (isOld && read?.saleId === saleId && sale === undefined)
    return (
      <div className={classes.paidFrame}>
        <ErrorState title={t('This till has no such sale.')} onRetry={onNext}>
          {t('It may have been sold on another till.')}
        </ErrorState>
      </div>
    )
  const receipt = papers && receiptOf(papers, undefined, buyer)
  return (
    <div className={classes.paidFrame} data-shown={shown}>
      {justRecorded !== undefined && <DevicesWhenPaid entry={justRecorded.entry} />}
      <main className={classes.paid}>
        <div className={classes.paidMain}>
          <IconCircleCheck className={classes.check} size={56} stroke={1.75} aria-hidden />
          <h1>
            {entry !== undefined && (
              <>
                {t('Paid')} <Money amount={entry.body.total} />
              </>
            )}
          </h1>
          <p className={classes.change} role="status">
            {entry !== undefined && <HandedOver {...entry.body} />}
          </p>
          {entry?.body.issued !== undefined && <IssuedCodes issued={entry.body.issued} />}
          <p className={classes.quiet}>
            {entry !== undefined &&
              t('Receipt {{receiptNo}} is saved on this till.', { receiptNo: entry.body.receiptNo })}
            {entry?.body.customer !== undefined &&
              entry.body.pointsEarned > 0 &&
              ` ${t('{{name}} earns {{count}} points.', { name: entry.body.customer.name, count: entry.body.pointsEarned })}`}
          </p>
          <div className={classes.paidActions}>
            <PaidButtons newSale={newSale} printsCopy={printsCopy} onPrint={print} onNext={next} />
            <div className={classes.paidMore}>
              {papers !== undefined && receipt !== undefined && (
                <AfterPaid key={papers.id} entry={papers} receipt={receipt} copy={isOld} />
              )}
            </div>
          </div>
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section className={classes.paper} tabIndex={0} aria-label={t('Receipt')}>
          {receipt !== undefined && <ReceiptView receipt={receipt} copy={isOld} />}
          <PaperWidth />
        </section>
      </main>
    </div>
  )
}

interface PaidButtonsProps {
  readonly newSale: RefObject<HTMLButtonElement | null>
  readonly printsCopy: boolean
  readonly onPrint: () => void
  readonly onNext: (event: MouseEvent) => void
}

/** The same for every sale: they stand ready before it is paid. */
const PaidButtons = memo(function PaidButtons({ newSale, printsCopy, onPrint, onNext }: PaidButtonsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Button variant="default" h={64} fz={18} leftSection={<IconPrinter aria-hidden />} onClick={onPrint}>
        {printsCopy ? t('Print a copy') : t('Print')}
      </Button>
      <Button ref={newSale} h={64} fz={20} onClick={onNext}>
        {t('New sale')}
      </Button>
    </>
  )
})
