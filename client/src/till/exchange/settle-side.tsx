import { minor } from '@evertill/shared/domain/money'
import type { Tender } from '@evertill/shared/domain/tender'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Money, useMoneyText } from '../../app/money.tsx'
import type { KnownSale } from '../../store/journal.ts'
import { takenFor } from '../../store/open-exchange.ts'
import type { Approval } from '../../store/permit.ts'
import { recordExchange } from '../../store/record-exchange.ts'
import { recordBlindRefund, recordRefund } from '../../store/record-refund.ts'
import { useApproval } from '../approval/use-approval.tsx'
import { PayNowPanel } from '../pay/paynow-panel.tsx'
import { type PayNowCode, referenceOf } from '../pay/use-paynow-code.ts'
import { AskedNote } from '../receipts/asked-note.tsx'
import { TenderWords } from '../receipts/tender-words.tsx'
import { useAsked } from '../receipts/use-asked.ts'
import { ReasonField } from '../recording/reason-field.tsx'
import { useRecordWords } from '../recording/record-words.ts'
import forms from '../recording/recording.module.css'
import type { Recorder } from '../recording/use-recorder.ts'
import { useServices } from '../till-context.tsx'
import classes from './exchange.module.css'
import type { Done } from './exchange-done.tsx'
import { PayBackChoice } from './pay-back-choice.tsx'
import { type AskedValue, PayDifference } from './pay-difference.tsx'
import type { Exchange } from './use-exchange.ts'

interface Approved {
  /** Of which goods, and why. */
  readonly of: string
  /** None where whoever does it may. */
  readonly by: Approval | undefined
}

interface SettleSideProps {
  readonly exchange: Exchange
  readonly original: KnownSale | undefined
  readonly payNow: PayNowCode
  readonly recorder: Recorder
  readonly value: AskedValue | undefined
  readonly onValue: (value: AskedValue | undefined) => void
  readonly onDone: (done: Done) => void
}

/** The difference, how it is paid, why, and the one button that does it. */
export function SettleSide({
  exchange,
  original,
  payNow,
  recorder,
  value,
  onValue,
  onDone,
}: SettleSideProps) {
  const { t } = useTranslation()
  const { db } = useServices()
  const money = useMoneyText()
  const wordsFor = useRecordWords()
  const { record, recording, refusal } = recorder
  const asked = useAsked(original?.saleId, 'exchange')
  const { withApproval, dialog } = useApproval(original === undefined ? 'sale.refund-blind' : 'sale.refund')
  const { difference, method, open, taken, tenders, ways, halves, refund, settlement } = exchange
  const reason = open.reason.trim()
  const pays = difference.due > 0
  // What is left, by the method that is chosen for it.
  const last = pays && !settlement.complete ? method : undefined
  const due = last === undefined ? minor(0) : exchange.taking.leftBy(last)
  const result = halves ?? refund
  const problem =
    'code' in result && result.code !== 'nothing-picked' && result.code !== 'not-paid'
      ? wordsFor(result)
      : undefined

  const [approved, setApproved] = useState<Approved>()
  /** Asked for once: before money is taken for it. What a code pays is on it until this is recorded. */
  const whenApproved = (go: (approval: Approval | undefined) => void) => {
    const of = `${exchange.back} ${exchange.out} ${reason}`
    if (approved?.of === of && taken.length > 0) return go(approved.by)
    withApproval((by) => {
      // Scanned meanwhile: what was allowed is not what stands here.
      if (!exchange.isStill(open)) return
      setApproved({ of, by })
      go(by)
    }, about())
  }
  const about = (): string => {
    const back = t('{{amount}} comes back', { amount: money(exchange.back) })
    const out = t('{{amount}} goes out', { amount: money(exchange.out) })
    return [back, ...(exchange.hasGoods ? [out] : []), reason].join(' · ')
  }
  const run = () =>
    whenApproved((approval) => {
      if (last === undefined || !payNow.canShow(last)) return recordIt(approval, tenders)
      // The refund takes the number before the sale's.
      payNow.show(last, due, { papersBefore: 1, leg: 1 })
    })
  const recordIt = (approval: Approval | undefined, paidWith: readonly Tender[], prepared = open) => {
    const extra = {
      reason,
      prepared,
      pricedAt: exchange.pricedAt,
      ...(approval && { approval }),
    }
    if (halves !== undefined)
      return record(
        (input) =>
          recordExchange(db, {
            ...input,
            ...extra,
            returned:
              original === undefined
                ? { kind: 'blind', lines: open.lines.map(({ lineId: _, ...line }) => line) }
                : { kind: 'receipt', saleId: original.saleId, picks: open.picks },
            cart: open.cart,
            ways,
            tenders: paidWith,
            expected: { back: exchange.back, out: exchange.out },
          }),
        ({ refund: back, entry }) => onDone({ refund: back.entry, sale: entry }),
      )
    if ('code' in refund) return
    const expectedTotal = refund.total
    record(
      (input) =>
        original === undefined
          ? recordBlindRefund(db, {
              ...input,
              ...extra,
              expectedTotal,
              ways,
              lines: open.lines.map(({ lineId: _, ...line }) => line),
            })
          : recordRefund(db, {
              ...input,
              ...extra,
              expectedTotal,
              ways,
              saleId: original.saleId,
              picks: open.picks,
            }),
      ({ entry }) => onDone({ refund: entry }),
    )
  }

  const action = (): string => {
    if ('code' in result && result.code === 'nothing-picked') return t('Choose what comes back first')
    if (!('code' in result) && reason === '') return t('Say why it comes back')
    if (halves === undefined)
      return 'code' in refund ? t('Refund') : t('Refund {{amount}}', { amount: money(refund.total) })
    if (last !== undefined && payNow.canShow(last))
      return t('Show the {{method}} code for {{amount}}', { method: last.name, amount: money(due) })
    if (last !== undefined) return t('Take {{amount}} and exchange', { amount: money(due) })
    if (difference.back > 0 && !('code' in halves))
      return t('Exchange and pay back {{amount}}', {
        amount: money(difference.back + halves.refund.rounding),
      })
    return t('Exchange')
  }
  const words = (): string => {
    if (difference.back > 0) return t('Goes back')
    if (!pays || settlement.complete) return t('Nothing to pay')
    return taken.length > 0 ? t('Left to pay') : t('To pay')
  }
  const { asked: code } = payNow
  if (code !== undefined)
    return (
      <section className={classes.settle} aria-label={t('Difference')}>
        <PayNowPanel
          asked={code}
          narrow
          recording={recording}
          onReceived={() => {
            // What was paid is what the code says, and on the counter whether or not this can be recorded.
            const leg = exchange.taking.legOf(code.method, code.amount, referenceOf(code))
            const prepared = exchange.take(leg)
            payNow.stop()
            recordIt(approved?.by, takenFor(prepared), prepared)
          }}
          onStop={payNow.stop}
        />
        <p className={forms.refusal} role="alert">
          {refusal}
        </p>
      </section>
    )
  const backLegs = ('code' in refund ? [] : refund.tenders).filter(({ kind }) => kind !== 'exchange')
  return (
    <section className={classes.settle} aria-label={t('Difference')}>
      <p className={classes.difference} role="status">
        <span>{words()}</span>
        <Money amount={pays ? due : difference.back} className={classes.amount} />
      </p>
      {pays || taken.length > 0 ? (
        <PayDifference
          exchange={exchange}
          due={due}
          recording={recording}
          showsCode={payNow.canShow}
          whenApproved={reason === '' ? undefined : whenApproved}
          value={value}
          onValue={onValue}
        />
      ) : (
        difference.back > 0 && <PayBackChoice exchange={exchange} hasReceipt={original !== undefined} />
      )}
      {!pays && backLegs.length > 0 && (
        <p className={forms.quiet}>
          <TenderWords tenders={backLegs} />
        </p>
      )}
      <ReasonField
        value={open.reason}
        onChange={exchange.setReason}
        usual={[t('Damaged'), t('Wrong item'), t('Changed their mind')]}
      />
      <AskedNote asked={asked} />
      <p className={forms.refusal} role="alert">
        {problem ?? refusal}
      </p>
      <div className={classes.confirm}>
        <Button
          h={56}
          fz={18}
          fullWidth
          loading={recording}
          disabled={asked === 'asking' || 'code' in result || reason === ''}
          onClick={run}
        >
          {action()}
        </Button>
      </div>
      {dialog}
    </section>
  )
}
