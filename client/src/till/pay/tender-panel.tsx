import { minor } from '@evertill/shared/domain/money'
import { isValueKind } from '@evertill/shared/domain/stored-value'
import { isMuchChange, quickCash } from '@evertill/shared/domain/tender'
import type { PaymentMethodRow } from '@evertill/shared/protocol/pull'
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { minorPerUnit, moneyText, signedMoneyText } from '../../app/format.ts'
import { later } from '../../app/later.tsx'
import { Money, useCurrency } from '../../app/money.tsx'
import { timeAt } from '../../store/till-clock.ts'
import { BuyerNotice } from '../buyer/buyer-notice.tsx'
import { WordedBackButton } from '../frame/back-button.tsx'
import { useShortcuts } from '../frame/use-shortcuts.ts'
import { useGo } from '../go.ts'
import { Keypad } from '../keypad/keypad.tsx'
import { textAfterKey, typedNumber } from '../keypad/typed-number.ts'
import { MessageBar } from '../products/message-bar.tsx'
import { onScan } from '../scans.ts'
import { useSelling } from '../selling.tsx'
import { useFacts, useOpenSale, useServices } from '../till-context.tsx'
import { AskFirst } from './ask-first.tsx'
import { CodeQuestion } from './code-question.tsx'
import { MethodButton } from './method-button.tsx'
import classes from './pay.module.css'
import { TenderList } from './tender-list.tsx'
import { usePayment } from './use-payment.ts'
import { usePayNow } from './use-paynow.ts'

const PayNowPanel = later(async () => (await import('./paynow-panel.tsx')).PayNowPanel)

/** How the customer pays. The tender that settles the sale completes it. */
export function TenderPanel() {
  const { t } = useTranslation()
  const { openSale, now } = useServices()
  const { cart, tenders, pricedAt } = useOpenSale()
  const { catalogue } = useFacts()
  const { pricing } = catalogue
  const { settlement, priced, openDialog } = useSelling()
  const payment = usePayment()
  const payNow = usePayNow(payment)
  const currency = useCurrency()
  const go = useGo()
  const panel = useRef<HTMLElement>(null)
  const ways = useRef<HTMLDivElement>(null)
  const [text, setText] = useState('')
  // Cash that gives so much change that somebody is asked.
  const [handedOver, setHandedOver] = useState<number>()

  const decimals = Math.round(Math.log10(minorPerUnit(currency)))
  const typed = typedNumber(text, decimals)
  const { methods, cash } = payment
  const left = tenders.length > 0 ? settlement.remaining : settlement.due
  const cashLeft = cash === undefined ? 0 : payment.leftBy(cash)
  const rounding = cashLeft - left

  const change = cash === undefined || typed === undefined ? 0 : payment.changeOf(cash, typed)
  const money = (amount: number) => moneyText(amount, currency)

  const back = () => go('/')
  // What was typed and cannot be taken stays: the next tap must not take all that is due instead.
  const take = (method: PaymentMethodRow, amount?: number) => {
    if (amount !== undefined && isMuchChange(payment.changeOf(method, amount))) return setHandedOver(amount)
    takeAtOnce(method, amount)
  }
  const takeAtOnce = (method: PaymentMethodRow, amount?: number) => {
    const asked = payNow.ask(method, amount ?? payment.leftBy(method))
    if (asked === 'shown' || (asked === 'no-code' && payment.take(method, amount))) setText('')
  }
  /** Of points no more than there are and are due: they are not typed by the cent. */
  const amountBy = (method: PaymentMethodRow): number | undefined =>
    method.kind === 'points' && typed !== undefined ? Math.min(typed, payment.leftBy(method)) : typed
  const step = (by: 1 | -1) => () => {
    const buttons = [...(ways.current?.querySelectorAll('button') ?? [])]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    buttons.at(at < 0 && by < 0 ? -1 : (at + by) % buttons.length)?.focus()
  }
  useShortcuts({
    ArrowLeft: step(-1),
    ArrowRight: step(1),
    Escape: payNow.asked ? payNow.stop : text === '' ? back : () => setText(''),
    F2: back,
    F12:
      cash && payNow.asked === undefined && payNow.unanswered === undefined && !settlement.complete
        ? () => take(cash)
        : undefined,
  })
  useEffect(() => onScan(() => setText('')), [])
  // Keys go to the amount, whatever was focused before.
  useEffect(() => panel.current?.focus(), [])
  // What the customer is told to pay stays what it is while a card is read: anew from when the cart is changed here.
  useEffect(() => {
    if (pricedAt === undefined && cart.lines.length > 0) openSale.beginPaying(timeAt(now(), pricing))
  }, [openSale, now, pricing, pricedAt, cart.lines.length])
  useEffect(() => openSale.endPaying, [openSale])
  // Paid in another tab, or emptied: there is nothing to pay here. Paid here, another place is on its way already.
  const { history } = useRouter()
  useEffect(() => {
    if (cart.lines.length === 0 && !payment.recording) {
      const timer = setTimeout(() => history.location.pathname === '/pay' && go('/'), 300)
      return () => clearTimeout(timer)
    }
  }, [cart.lines.length, payment.recording, go, history])

  return (
    <main ref={panel} className={classes.panel} tabIndex={-1} aria-label={t('Payment')}>
      <div className={classes.messages}>
        <MessageBar />
      </div>
      <div className={classes.head}>
        <div className={classes.top}>
          <WordedBackButton onClick={back}>{t('Back to the cart')}</WordedBackButton>
        </div>
        <div className={classes.due} data-code={payNow.asked !== undefined} aria-live="polite">
          <h1>{tenders.length > 0 ? t('Left to pay') : t('To pay')}</h1>
          <Money className={classes.dueAmount} amount={left} />
          <p className={classes.rounding}>
            {cash !== undefined && rounding !== 0 && !settlement.complete
              ? t('In cash {{cash}} (rounding {{rounding}})', {
                  cash: money(cashLeft),
                  rounding: signedMoneyText(rounding, currency),
                })
              : settlement.rounding !== 0
                ? t('Rounding {{rounding}} is in the cash leg', {
                    rounding: signedMoneyText(settlement.rounding, currency),
                  })
                : ''}
          </p>
        </div>
      </div>
      <p className={classes.refusal} role="alert">
        {payment.refusal !== undefined && (
          <>
            <IconAlertTriangle aria-hidden size={20} /> {payment.refusal}
          </>
        )}
      </p>

      {payNow.asked === undefined && (
        <TenderList tenders={tenders} locked={payment.recording} onTakeBack={payment.takeBack} />
      )}
      <BuyerNotice />
      {payNow.asked !== undefined ? (
        <PayNowPanel
          asked={payNow.asked}
          recording={payment.recording}
          onReceived={payNow.received}
          onStop={payNow.stop}
        />
      ) : payNow.unanswered !== undefined && !settlement.complete ? (
        <CodeQuestion
          code={payNow.unanswered.code}
          method={payNow.unanswered.method.name}
          recording={payment.recording}
          onArrived={payNow.received}
          onForget={payNow.stop}
        />
      ) : (
        <>
          {settlement.complete && priced.code === 'priced' && cart.lines.length > 0 ? (
            <Button h={72} fz={20} loading={payment.recording} onClick={payment.complete}>
              {t('Complete sale')}
            </Button>
          ) : (
            <div ref={ways} className={classes.methods}>
              {methods
                .filter(({ kind }) => !isValueKind(kind))
                .filter((method) => method.kind !== 'points' || payment.leftBy(method) > 0)
                .map((method) => (
                  <MethodButton
                    key={method.paymentMethodId}
                    method={method}
                    amount={amountBy(method) ?? payment.leftBy(method)}
                    points={payment.pointsIn(method, amountBy(method) ?? payment.leftBy(method))}
                    change={method === cash ? change : 0}
                    onClick={() => take(method, amountBy(method))}
                  />
                ))}
              {methods.some(({ kind }) => isValueKind(kind)) && (
                <MethodButton
                  method={{ kind: 'gift-card', name: t('Gift card or voucher') }}
                  amount={undefined}
                  onClick={() => openDialog({ kind: 'value' })}
                />
              )}
            </div>
          )}

          <div className={classes.columns}>
            <div className={classes.cash}>
              {cash !== undefined && !settlement.complete && (
                <fieldset className={classes.quick}>
                  <legend>{t('Cash handed over')}</legend>
                  {quickCash(minor(cashLeft), catalogue.company.cashStep).map((amount, i) => (
                    <Button key={amount} variant="default" px={8} fz={18} onClick={() => take(cash, amount)}>
                      {i === 0 ? t('Exact') : <Money amount={amount} />}
                    </Button>
                  ))}
                </fieldset>
              )}
            </div>
            <div className={classes.typing}>
              <output className={classes.typed} data-placeholder={text === ''} aria-live="polite">
                {change > 0 && <span>{t('Change {{amount}}', { amount: money(change) })}</span>}
                <span>{typed === undefined ? t('Another amount') : money(typed)}</span>
              </output>
              <Keypad
                point={decimals > 0}
                disabled={settlement.complete}
                onKey={(key) => {
                  payment.forgetRefusal()
                  setText(textAfterKey(text, key, { whole: 6, decimals }))
                }}
                onEnter={() => cash !== undefined && typed !== undefined && take(cash, typed)}
              />
            </div>
          </div>
        </>
      )}
      {handedOver !== undefined && cash !== undefined && (
        <AskFirst
          title={t('Change {{amount}}?', { amount: money(payment.changeOf(cash, handedOver)) })}
          words={t('{{handed}} handed over for {{due}}.', {
            handed: money(handedOver),
            due: money(cashLeft),
          })}
          yes={t('Give {{amount}} change', { amount: money(payment.changeOf(cash, handedOver)) })}
          onYes={() => {
            setHandedOver(undefined)
            takeAtOnce(cash, handedOver)
          }}
          onClose={() => {
            setHandedOver(undefined)
            panel.current?.focus()
          }}
        />
      )}
    </main>
  )
}
