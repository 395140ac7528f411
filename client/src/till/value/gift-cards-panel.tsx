import { type Minor, minor, ONE_UNIT } from '@evertill/shared/domain/money'
import {
  MOST_ISSUED,
  newValueCode,
  type ValueKind,
  valueCodeText,
} from '@evertill/shared/domain/stored-value'
import type { PaymentMethodRow } from '@evertill/shared/protocol/pull'
import { Button, SegmentedControl } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { minorPerUnit } from '../../app/format.ts'
import { useMoneyText } from '../../app/money.tsx'
import { WordedBackButton } from '../frame/back-button.tsx'
import { useShortcuts } from '../frame/use-shortcuts.ts'
import { useGo } from '../go.ts'
import { MessageBar } from '../products/message-bar.tsx'
import { MoneyEntry } from '../recording/money-entry.tsx'
import forms from '../recording/recording.module.css'
import { useSelling } from '../selling.tsx'
import { useFacts, useServices } from '../till-context.tsx'
import classes from './value.module.css'

const USUAL = [10, 20, 50, 100]

/** Sells gift cards and vouchers, and looks up what is on one. */
export function GiftCardsPanel() {
  const { t } = useTranslation()
  const { newId } = useServices()
  const { catalogue } = useFacts()
  const { changeCart, openDialog } = useSelling()
  const money = useMoneyText()
  const go = useGo()
  const sold = catalogue.paymentMethods.filter(isSold)
  const [methodCode, setMethodCode] = useState(sold[0]?.code)
  const method = sold.find(({ code }) => code === methodCode) ?? sold[0]
  const unit = minorPerUnit(catalogue.company.currency)
  const back = () => go('/')
  useShortcuts({ Escape: back, F2: back })

  const sell = (amount: Minor) => {
    if (method === undefined) return
    const code = newValueCode(newId())
    changeCart({
      type: 'value-added',
      line: {
        lineId: newId(),
        productId: method.paymentMethodId,
        sku: method.code,
        name: `${method.name} ${valueCodeText(code)}`,
        unitPrice: amount,
        quantity: ONE_UNIT,
        taxCode: '',
        taxKind: 'exempt',
        value: { code, kind: method.kind, methodCode: method.code },
      },
    })
    back()
  }

  return (
    <main className={classes.panel} aria-label={t('Gift cards and vouchers')}>
      <MessageBar />
      <div className={classes.back}>
        <WordedBackButton onClick={back}>{t('Back to the products')}</WordedBackButton>
      </div>
      <h1>{t('Gift cards and vouchers')}</h1>
      <Button
        h={56}
        variant="default"
        leftSection={<IconSearch aria-hidden size={20} />}
        onClick={() => openDialog({ kind: 'value' })}
      >
        {t('Check what is left on one')}
      </Button>
      {method === undefined ? (
        <p className={forms.quiet}>
          {t('This shop sells none: head office can add a gift card to its payment methods.')}
        </p>
      ) : (
        <section className={classes.sell} aria-label={t('Sell')}>
          <div className={classes.ready}>
            {sold.length > 1 && (
              <SegmentedControl
                fullWidth
                className={forms.choice}
                aria-label={t('What to sell')}
                value={method.code}
                onChange={setMethodCode}
                data={sold.map(({ code, name }) => ({ value: code, label: name }))}
              />
            )}
            <div className={classes.usual}>
              {USUAL.map((units) => (
                <Button
                  key={units}
                  variant="default"
                  h={56}
                  fz={18}
                  px={0}
                  onClick={() => sell(minor(units * unit))}
                >
                  {money(units * unit)}
                </Button>
              ))}
            </div>
          </div>
          <MoneyEntry
            placeholder={t('Another amount')}
            idle={t('Type the amount')}
            action={(amount, text) =>
              amount > 0 && amount <= MOST_ISSUED
                ? t('Sell {{name}}, {{amount}}', { name: method.name, amount: text })
                : undefined
            }
            why={(amount) =>
              amount > MOST_ISSUED ? t('At most {{most}}', { most: money(MOST_ISSUED) }) : undefined
            }
            onDone={sell}
          />
        </section>
      )}
    </main>
  )
}

type SoldMethod = PaymentMethodRow & { readonly kind: Exclude<ValueKind, 'store-credit'> }
const isSold = (method: PaymentMethodRow): method is SoldMethod =>
  method.kind === 'gift-card' || method.kind === 'voucher'
