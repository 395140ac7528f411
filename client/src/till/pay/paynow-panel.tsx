import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { later } from '../../app/later.tsx'
import { Money, useMoneyText } from '../../app/money.tsx'
import { useKeepAwake } from '../../devices/keep-awake.ts'
import { useShowPayNow } from '../customer-screen/pay-now-shown.ts'
import { useFacts } from '../till-context.tsx'
import classes from './paynow.module.css'
import type { PayNowAsked } from './use-paynow-code.ts'

const QrCode = later(async () => (await import('../../app/qr-code.tsx')).QrCode)
const QR_PX = 400

export interface PayNowPanelProps {
  readonly asked: PayNowAsked
  readonly recording: boolean
  /** In a column of its own: the code above, the words below. */
  readonly narrow?: boolean
  readonly onReceived: () => void
  readonly onStop: () => void
}

/** The code to scan with a bank's app. No bank tells a till that is offline: a person looks and says so. */
export function PayNowPanel({ asked, recording, narrow = false, onReceived, onStop }: PayNowPanelProps) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const { company } = useFacts().catalogue
  const panel = useRef<HTMLElement>(null)
  const { method, amount, reference, proxy } = asked
  useShowPayNow(asked)
  useKeepAwake()
  useEffect(() => panel.current?.focus(), [])
  return (
    <section
      ref={panel}
      className={classes.payNow}
      data-narrow={narrow}
      tabIndex={-1}
      aria-label={method.name}
    >
      <div className={classes.qr}>
        <QrCode
          text={asked.text}
          size={QR_PX}
          label={t('{{method}} code for {{amount}}, reference {{reference}}', {
            method: method.name,
            amount: money(amount),
            reference,
          })}
        />
      </div>
      <div className={classes.side}>
        <dl className={classes.facts}>
          <dt>{method.name}</dt>
          <dd className={classes.amount}>
            <Money amount={amount} />
          </dd>
          {reference !== '' && (
            <>
              <dt>{t('Reference')}</dt>
              <dd>{reference}</dd>
            </>
          )}
          <dt>{t('Paid to')}</dt>
          <dd>
            {company.name}
            <span className={classes.proxy}>
              {proxy.kind === 'uen' ? t('UEN {{uen}}', proxy) : proxy.number}
            </span>
          </dd>
        </dl>
        <p className={classes.quiet}>
          {t(
            'The customer scans this with their bank’s app. Say it is received when the shop’s own bank shows the money, not the customer’s screen.',
          )}
        </p>
        <p className={`${classes.quiet} ${classes.brightness}`}>
          {t('If the phone does not read the code, turn up the brightness of this screen.')}
        </p>
        <Button h={72} fz={20} fullWidth loading={recording} onClick={onReceived}>
          {t('{{amount}} received', { amount: money(amount) })}
        </Button>
        <Button h={48} variant="default" fullWidth disabled={recording} onClick={onStop}>
          {t('Pay another way')}
        </Button>
      </div>
    </section>
  )
}
