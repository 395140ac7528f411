import type { EntryOf } from '@evertill/shared/protocol/entry'
import { Button } from '@mantine/core'
import { IconCircleCheck, IconPrinter } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMoneyText } from '../../app/money.tsx'
import { isHasty } from '../../devices/steady-hands.ts'
import { useShortcuts } from '../frame/use-shortcuts.ts'
import { useGo } from '../go.ts'
import { HandedOver } from '../pay/handed-over.tsx'
import { AfterPaid } from '../printing/after-paid.tsx'
import { ReceiptView } from '../receipt/receipt-view.tsx'
import { useNamedBuyer } from '../receipt/use-named-buyer.ts'
import { useReceiptOf } from '../receipt/use-receipt-of.ts'
import { handOver, printPaper, useIsPrinted } from '../receipts/first-paper.ts'
import { PayOut } from '../receipts/pay-out.tsx'
import classes from './exchange.module.css'

export interface Done {
  readonly refund: EntryOf<'refund'>
  readonly sale?: EntryOf<'sale'>
}

/** How it goes back or what change is due, and the receipts of both halves. */
export function ExchangeDone({ done: { refund, sale } }: { done: Done }) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const go = useGo()
  const receiptOf = useReceiptOf()
  const back = refund.body.tenders
    .filter(({ kind }) => kind !== 'exchange')
    .reduce((sum, { amount }) => sum + amount, 0)
  const paid = (sale?.body.tenders ?? []).filter(({ kind }) => kind !== 'exchange')
  const newSale = useRef<HTMLButtonElement>(null)
  useShortcuts({ Escape: () => go('/receipts'), F2: () => go('/') })
  const [shownAt] = useState(() => performance.now())
  useEffect(() => newSale.current?.focus(), [])
  const papers = [refund, ...(sale ? [sale] : [])]
  const recorded = useEffectEvent(() => handOver(papers, receiptOf))
  useEffect(() => recorded(), [])
  return (
    <main className={classes.done}>
      <h1>
        <IconCircleCheck aria-hidden size={32} />
        {sale === undefined ? t('Refunded {{amount}}', { amount: money(back) }) : t('Exchanged')}
      </h1>
      {back > 0 || sale === undefined ? (
        <PayOut tenders={refund.body.tenders} />
      ) : (
        paid.length > 0 && (
          <p role="status" className={classes.difference}>
            <HandedOver tenders={paid} change={sale.body.change} />
          </p>
        )
      )}
      <Button ref={newSale} h={56} fz={18} onClick={(event) => !isHasty(event, shownAt) && go('/')}>
        {t('New sale')}
      </Button>
      <div className={classes.papers}>
        {papers.map((entry) => (
          <Paper key={entry.id} entry={entry} />
        ))}
      </div>
    </main>
  )
}

function Paper({ entry }: { entry: EntryOf<'refund' | 'sale'> }) {
  const { t } = useTranslation()
  const receipt = useReceiptOf()(entry, undefined, useNamedBuyer(entry.id))
  const { receiptNo } = receipt
  const printsCopy = useIsPrinted(receiptNo)
  return (
    <section aria-label={receiptNo}>
      <Button
        variant="default"
        h={48}
        fullWidth
        leftSection={<IconPrinter aria-hidden size={20} />}
        onClick={() => printPaper(receipt, true)}
      >
        {printsCopy
          ? t('Print a copy of {{receiptNo}}', { receiptNo })
          : t('Print {{receiptNo}}', { receiptNo })}
      </Button>
      <AfterPaid entry={entry} receipt={receipt} copy={false} />
      <ReceiptView receipt={receipt} copy={false} />
    </section>
  )
}
