import { IconBuildingStore, IconCircleCheck } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { quantityText } from '../../app/format.ts'
import { CurrencyProvider, Money, useMoneyText } from '../../app/money.tsx'
import { QrCode } from '../../app/qr-code.tsx'
import { openCustomerChannel } from './customer-channel.ts'
import classes from './customer-screen.module.css'
import type { CustomerLine, CustomerPayNow, CustomerScreenState, CustomerView } from './customer-view.ts'

/** Drawn large and shown as large as there is room. */
const QR_PX = 720

/** What the customer sees of the sale, in a window of its own that is turned to them. */
export function CustomerScreen() {
  const state = useTillState()
  const view = state?.view ?? { kind: 'idle' }
  return (
    <CurrencyProvider value={state?.currency ?? 'SGD'}>
      <div className={classes.screen}>
        {view.kind === 'sale' ? (
          <Sale view={view} />
        ) : view.kind === 'pay-now' ? (
          <main className={classes.sale}>
            <PayNow payNow={view.payNow} />
          </main>
        ) : view.kind === 'paid' ? (
          <Paid view={view} />
        ) : (
          <Idle state={state} />
        )}
      </div>
    </CurrencyProvider>
  )
}

function useTillState(): CustomerScreenState | undefined {
  const [state, setState] = useState<CustomerScreenState>()
  useEffect(() => {
    const channel = openCustomerChannel((message) => {
      if (message.say === 'show') setState(message.state)
      if (message.say === 'anyone') channel.say({ say: 'here' })
    })
    channel.say({ say: 'here' })
    return channel.close
  }, [])
  return state
}

function Idle({ state }: { state: CustomerScreenState | undefined }) {
  const { t } = useTranslation()
  return (
    <main className={classes.middle}>
      <IconBuildingStore className={classes.quiet} size={72} stroke={1.25} aria-hidden />
      {state === undefined ? (
        <>
          <h1 className={classes.shop}>{t('Customer screen')}</h1>
          <p className={classes.quiet}>{t('Sign in at the till in this browser. The sale appears here.')}</p>
        </>
      ) : (
        <>
          <h1 className={classes.shop}>{state.shop}</h1>
          <p className={classes.quiet}>{state.outlet}</p>
          <p className={classes.welcome}>{t('Welcome')}</p>
        </>
      )}
    </main>
  )
}

function Sale({ view }: { view: Extract<CustomerView, { kind: 'sale' }> }) {
  const { t } = useTranslation()
  const { lines, billDiscount, saved, taxOnTop, total, left, customerName, payNow } = view
  const list = useRef<HTMLOListElement>(null)
  const newest = lines.at(-1)?.lineId
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is the signal
  useEffect(
    () => list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' }),
    [newest, lines.length],
  )
  return (
    <main className={classes.sale} data-pay-now={payNow !== undefined}>
      {payNow !== undefined && <PayNow payNow={payNow} />}
      <section className={classes.bill} aria-label={t('Your items')}>
        {payNow === undefined && <h1>{t('Your items')}</h1>}
        <ol ref={list} className={classes.lines}>
          {lines.map((line) => (
            <Line key={line.lineId} line={line} />
          ))}
        </ol>
        <dl className={classes.sums}>
          {billDiscount > 0 && <Sum label={t('Discount on the bill')} amount={-billDiscount} />}
          {taxOnTop > 0 && <Sum label={t('GST')} amount={taxOnTop} />}
          {saved > 0 && <Sum className={classes.saved} label={t('You save')} amount={saved} />}
          {left !== undefined && <Sum label={t('Total')} amount={total} />}
        </dl>
        <div className={classes.total} role="status">
          <span>{left === undefined ? t('Total') : t('Left to pay')}</span>
          <Money amount={left ?? total} />
        </div>
        {customerName !== undefined && <p className={classes.customer}>{customerName}</p>}
      </section>
    </main>
  )
}

function Line({ line }: { line: CustomerLine }) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const off = (label: string, amount: number, key: number | string) => (
    <span key={key} className={classes.off}>
      <span>{label}</span>
      <Money amount={-amount} />
    </span>
  )
  return (
    <li className={classes.line}>
      <span className={classes.lineTop}>
        <span className={classes.lineName}>{line.name}</span>
        <Money amount={line.gross} />
      </span>
      <span className={classes.quiet}>
        {quantityText(line.quantity, line.unit)} × {money(line.unitPrice)}
      </span>
      {line.promotions.map(({ name, amount }, i) => off(name, amount, i))}
      {line.discount > 0 && off(t('Discount'), line.discount, 'discount')}
    </li>
  )
}

function Sum({
  label,
  amount,
  className,
}: {
  label: string
  amount: number
  className?: string | undefined
}) {
  return (
    <div className={className}>
      <dt>{label}</dt>
      <dd>
        <Money amount={amount} />
      </dd>
    </div>
  )
}

function PayNow({ payNow: { text, amount, reference } }: { payNow: CustomerPayNow }) {
  const { t } = useTranslation()
  const money = useMoneyText()
  return (
    <section className={classes.payNow} aria-label={t('PayNow')}>
      <h1>{t('Scan to pay {{amount}}', { amount: money(amount) })}</h1>
      <div className={classes.qr}>
        <div>
          <QrCode
            text={text}
            size={QR_PX}
            label={t('{{method}} code for {{amount}}, reference {{reference}}', {
              method: 'PayNow',
              amount: money(amount),
              reference,
            })}
          />
        </div>
      </div>
      <p>
        {t('PayNow, with your bank’s app')}
        {reference !== '' && <span className={classes.quiet}> · {reference}</span>}
      </p>
    </section>
  )
}

function Paid({ view: { total, change, pointsEarned } }: { view: Extract<CustomerView, { kind: 'paid' }> }) {
  const { t } = useTranslation()
  return (
    <main className={classes.middle}>
      <div className={classes.said} role="status">
        <IconCircleCheck className={classes.check} size={96} stroke={1.5} aria-hidden />
        <h1 className={classes.shop}>{t('Thank you')}</h1>
        <p className={classes.paid}>
          {t('Paid')} <Money amount={total} />
        </p>
        {change > 0 && (
          <p className={classes.change}>
            <span>{t('Change')}</span>
            <Money amount={change} />
          </p>
        )}
        {pointsEarned > 0 && (
          <p className={classes.quiet}>{t('You earn {{count}} points.', { count: pointsEarned })}</p>
        )}
      </div>
    </main>
  )
}
