import { Button } from '@mantine/core'
import { IconCircleCheck, IconPrinter } from '@tabler/icons-react'
import { useLiveQuery } from 'dexie-react-hooks'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../app/error-state.tsx'
import { later } from '../../app/later.tsx'
import { Money } from '../../app/money.tsx'
import { findSale } from '../../store/journal.ts'
import { useShortcuts } from '../frame/use-shortcuts.ts'
import { useGo, useSaleId } from '../go.ts'
import { printReceipt } from '../receipt/print-job.ts'
import { ReceiptView } from '../receipt/receipt-view.tsx'
import { useReceiptOf } from '../receipt/use-receipt-of.ts'
import { useServices } from '../till-context.tsx'
import classes from './pay.module.css'

const AfterPaid = later(async () => (await import('../printing/after-paid.tsx')).AfterPaid)
const PaperWidth = later(async () => (await import('../receipt/paper-width.tsx')).PaperWidth)

/** Reached only with an entry that is on disk; reading it back is what survives a reload. */
export function PaidScreen() {
  const { t } = useTranslation()
  const { db, lastSale } = useServices()
  const saleId = useSaleId()
  const go = useGo()
  const receiptOf = useReceiptOf()
  const justRecorded = lastSale.current?.entry.id === saleId ? lastSale.current : undefined
  const known = justRecorded !== undefined
  const read = useLiveQuery(
    async () => ({ sale: known ? undefined : await findSale(db, saleId) }),
    [db, saleId, known],
  )
  // Paid and the change first: the paper comes a moment later into the room that is kept for it.
  const papersToo = useDeferredValue(true, false)
  const sale = justRecorded ?? read?.sale
  const next = () => go('/')
  useShortcuts({ Escape: next, F2: next })

  if (sale === undefined)
    return read === undefined ? null : (
      <ErrorState title={t('This till has no such sale.')} onRetry={next}>
        {t('It may have been sold on another till.')}
      </ErrorState>
    )
  const { body } = sale.entry
  const receipt = receiptOf(sale.entry)
  return (
    <main className={classes.paid}>
      <div className={classes.paidMain}>
        <IconCircleCheck className={classes.check} size={56} stroke={1.75} aria-hidden />
        <h1>
          {t('Paid')} <Money amount={body.total} />
        </h1>
        <p className={classes.change} role="status">
          <span>{t('Change')}</span>
          <Money className={classes.changeAmount} amount={body.change} />
        </p>
        <p className={classes.quiet}>
          {t('Receipt {{receiptNo}} is saved on this till.', { receiptNo: body.receiptNo })}
          {body.customer !== undefined &&
            body.pointsEarned > 0 &&
            ` ${t('{{name}} earns {{count}} points.', { name: body.customer.name, count: body.pointsEarned })}`}
        </p>
        <div className={classes.paidActions}>
          <Button
            variant="default"
            h={64}
            fz={18}
            leftSection={<IconPrinter aria-hidden />}
            onClick={() => printReceipt({ receipt, copy: false })}
          >
            {t('Print')}
          </Button>
          <Button h={64} fz={20} autoFocus onClick={next}>
            {t('New sale')}
          </Button>
          <div className={classes.paidMore}>
            {papersToo && (
              <AfterPaid key={sale.entry.id} entry={sale.entry} receipt={receipt} fresh={known} />
            )}
          </div>
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.paper} tabIndex={0} aria-label={t('Receipt')}>
        {papersToo && (
          <>
            <ReceiptView receipt={receipt} copy={false} />
            <PaperWidth />
          </>
        )}
      </section>
    </main>
  )
}
