import { minor, ONE_UNIT, thousandths } from '@evertill/shared/domain/money'
import { leftOf, owed, returnedBefore, shareOfNow } from '@evertill/shared/domain/refund-share'
import { Button, Modal, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Money, useMoneyText } from '../../app/money.tsx'
import type { KnownSale } from '../../store/journal.ts'
import refund from '../receipts/refund.module.css'
import { RefundLine } from '../receipts/refund-line.tsx'
import { MoneyEntry } from '../recording/money-entry.tsx'
import forms from '../recording/recording.module.css'
import classes from './exchange.module.css'
import { Stepper } from './stepper.tsx'
import type { BackLine, Exchange } from './use-exchange.ts'

/** What comes back: picked from the sale, or scanned where there is no receipt. */
export function BackSide({ exchange, original }: { exchange: Exchange; original: KnownSale | undefined }) {
  const { t } = useTranslation()
  return (
    <section className={classes.card} aria-labelledby="back">
      <h2 id="back" className={classes.head}>
        <span>{t('Comes back')}</span>
        <Money amount={exchange.back} />
      </h2>
      {original === undefined ? (
        <BlindLines exchange={exchange} />
      ) : (
        <SoldLines exchange={exchange} original={original} />
      )}
    </section>
  )
}

function SoldLines({ exchange, original }: { exchange: Exchange; original: KnownSale }) {
  const returned = returnedBefore(original)
  return (
    <ul className={refund.lines}>
      {original.sale.lines.map((line, i) => {
        const lineNo = i + 1
        const before = returned.get(lineNo) ?? thousandths(0)
        const left = leftOf(line, before)
        const pick = exchange.open.picks.find((other) => other.lineNo === lineNo)
        const { quantity = thousandths(0), restock = true } = pick ?? {}
        return (
          <RefundLine
            key={lineNo}
            line={line}
            left={left}
            worth={owed([shareOfNow({ ...line, returned: before }, left)], original.sale.rules)}
            quantity={quantity}
            restock={restock}
            onChange={(next) => exchange.pick({ lineNo, quantity, restock, ...next })}
          />
        )
      })}
    </ul>
  )
}

function BlindLines({ exchange }: { exchange: Exchange }) {
  const { t } = useTranslation()
  const [pricing, setPricing] = useState<BackLine>()
  const money = useMoneyText()
  const { lines } = exchange.open
  if (lines.length === 0)
    return <p className={classes.quiet}>{t('Scan what the customer brings back. It is listed here.')}</p>
  return (
    <>
      <ul className={refund.lines}>
        {lines.map((line) => (
          <li key={line.lineId}>
            <div className={refund.line}>
              <span>{line.name}</span>
              <Stepper
                name={line.name}
                quantity={line.quantity}
                unit={line.unit ?? 'each'}
                onChange={(quantity) =>
                  exchange.changeBack(line, { quantity: thousandths(Math.min(quantity, 9999 * ONE_UNIT)) })
                }
              />
            </div>
            <Button
              variant="default"
              h={48}
              justify="space-between"
              rightSection={<Money amount={line.unitPrice} />}
              onClick={() => setPricing(line)}
            >
              {t('Price of {{name}}', { name: line.name })}
            </Button>
            <SegmentedControl
              fullWidth
              className={forms.choice}
              aria-label={t('What becomes of {{name}}', { name: line.name })}
              value={line.restock ? 'shelf' : 'off'}
              onChange={(value) => exchange.changeBack(line, { restock: value === 'shelf' })}
              data={[
                { value: 'shelf', label: t('Back on the shelf') },
                { value: 'off', label: t('Write off') },
              ]}
            />
          </li>
        ))}
      </ul>
      {pricing !== undefined && (
        <Modal
          opened
          onClose={() => setPricing(undefined)}
          size={420}
          title={t('Price of {{name}}', { name: pricing.name })}
          closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
        >
          <MoneyEntry
            placeholder={money(pricing.unitPrice)}
            idle={t('Set the price')}
            action={(_, text) => t('Pay back {{amount}} each', { amount: text })}
            onDone={(amount) => {
              exchange.changeBack(pricing, { unitPrice: minor(amount) })
              setPricing(undefined)
            }}
          />
        </Modal>
      )}
    </>
  )
}
