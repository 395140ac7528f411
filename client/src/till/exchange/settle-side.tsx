import { type Minor, minor } from '@evertill/shared/domain/money'
import { quickCash, type Tender } from '@evertill/shared/domain/tender'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Money, useMoneyText } from '../../app/money.tsx'
import type { KnownSale } from '../../store/journal.ts'
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
import { useFacts, useServices } from '../till-context.tsx'
import classes from './exchange.module.css'
import type { Done } from './exchange-done.tsx'
import type { Exchange } from './use-exchange.ts'
import { WayChoice } from './way-choice.tsx'

const AS_PAID = 'as-paid'

interface SettleSideProps {
  readonly exchange: Exchange
  readonly original: KnownSale | undefined
  readonly payNow: PayNowCode
  readonly recorder: Recorder
  readonly onDone: (done: Done) => void
}

/** The difference, how it is paid, why, and the one button that does it. */
export function SettleSide({ exchange, original, payNow, recorder, onDone }: SettleSideProps) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { catalogue } = useFacts()
  const money = useMoneyText()
  const wordsFor = useRecordWords()
  const { record, recording, refusal } = recorder
  const asked = useAsked(original?.saleId, 'exchange')
  const { withApproval, dialog } = useApproval(original === undefined ? 'sale.refund-blind' : 'sale.refund')
  const { difference, method, methodCode, methods, open, tenders, ways, halves, refund } = exchange
  const reason = open.reason.trim()
  const pays = difference.due > 0
  const due = method === undefined ? minor(0) : exchange.dueBy(method)
  const result = halves ?? refund
  const problem =
    'code' in result && result.code !== 'nothing-picked' && result.code !== 'not-paid'
      ? wordsFor(result)
      : undefined

  const [approved, setApproved] = useState<Approval>()
  const run = () =>
    withApproval((approval) => {
      if (!pays || method === undefined || !payNow.canShow(method)) return recordIt(approval, tenders)
      // The refund takes the number before the sale's.
      setApproved(approval)
      payNow.show(method, due, { papersBefore: 1, leg: 1 })
    }, `${action()} · ${reason}`)
  const recordIt = (approval: Approval | undefined, paidWith: readonly Tender[]) => {
    const extra = {
      reason,
      prepared: open,
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
    if (pays && method !== undefined && payNow.canShow(method))
      return t('Show the {{method}} code for {{amount}}', { method: method.name, amount: money(due) })
    if (pays) return t('Take {{amount}} and exchange', { amount: money(due) })
    if (difference.back > 0 && !('code' in halves))
      return t('Exchange and pay back {{amount}}', {
        amount: money(difference.back + halves.refund.rounding),
      })
    return t('Exchange')
  }
  const { asked: code } = payNow
  if (code !== undefined)
    return (
      <section className={classes.settle} aria-label={t('Difference')}>
        <PayNowPanel
          asked={code}
          narrow
          recording={recording}
          onReceived={() =>
            recordIt(
              approved,
              // What was paid is what the code says: should the goods cost something else by now, it is refused.
              tenders.map((tender) => ({ ...tender, amount: minor(code.amount), ...referenceOf(code) })),
            )
          }
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
        <span>{pays ? t('To pay') : difference.back > 0 ? t('Goes back') : t('Nothing to pay')}</span>
        <Money amount={pays ? due : difference.back} className={classes.amount} />
      </p>
      {difference.back + difference.due > 0 && (
        <WayChoice
          label={pays ? t('Paid by') : t('Pay back')}
          value={!pays && original !== undefined && methodCode === undefined ? AS_PAID : (method?.code ?? '')}
          onChange={(code) => exchange.chooseMethod(code === AS_PAID ? undefined : code)}
          ways={[
            ...(pays || original === undefined ? [] : [{ value: AS_PAID, label: t('As it was paid') }]),
            ...methods.map(({ code, name }) => ({ value: code, label: name })),
          ]}
        />
      )}
      {pays && method?.kind === 'cash' && (
        <CashReceived
          due={due}
          cashStep={catalogue.company.cashStep}
          received={exchange.received ?? due}
          onReceived={exchange.setReceived}
        />
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
      <Button
        h={56}
        fz={18}
        loading={recording}
        disabled={asked === 'asking' || 'code' in result || reason === ''}
        onClick={run}
      >
        {action()}
      </Button>
      {dialog}
    </section>
  )
}

/** What the customer hands over: the exact amount unless another is tapped. */
function CashReceived({
  due,
  cashStep,
  received,
  onReceived,
}: {
  due: Minor
  cashStep: number
  received: Minor
  onReceived: (amount: Minor) => void
}) {
  const { t } = useTranslation()
  return (
    <fieldset className={classes.choice}>
      <legend>{t('Cash received')}</legend>
      {quickCash(due, cashStep).map((amount) => (
        <Button
          key={amount}
          h={48}
          px={8}
          variant={amount === received ? 'light' : 'default'}
          aria-pressed={amount === received}
          onClick={() => onReceived(amount)}
        >
          <Money amount={amount} />
        </Button>
      ))}
      {received > due && (
        <p role="status">
          {t('Change')} <Money amount={received - due} />
        </p>
      )}
    </fieldset>
  )
}
