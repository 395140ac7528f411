import type { CartLine } from '@evertill/shared/domain/cart'
import { type Minor, MOST_PRICE } from '@evertill/shared/domain/money'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMoneyText } from '../../app/money.tsx'
import { recordOverride } from '../../store/record-override.ts'
import { useApproval } from '../approval/use-approval.tsx'
import { MoneyEntry } from '../recording/money-entry.tsx'
import { ReasonField } from '../recording/reason-field.tsx'
import recordingClasses from '../recording/recording.module.css'
import { useRecorder } from '../recording/use-recorder.ts'
import { useServices } from '../till-context.tsx'
import classes from './cart.module.css'

interface PriceEntryProps {
  readonly line: CartLine
  readonly onPrice: (unitPrice: Minor, reason: string) => void
  readonly onRestore: () => void
}

/** Another price for one line, by somebody who may set it, and why. */
export function PriceEntry({ line, onPrice, onRestore }: PriceEntryProps) {
  const { t } = useTranslation()
  const { db } = useServices()
  const money = useMoneyText()
  const { record, refusal } = useRecorder()
  const { withApproval, dialog } = useApproval('price.override')
  const [reason, setReason] = useState(line.override?.reason ?? '')
  const from = line.override?.from ?? line.unitPrice

  const set = (price: Minor) =>
    withApproval(
      (approval) => {
        const done = () => onPrice(price, reason)
        if (approval === undefined) return done()
        const about = `${line.name} at ${money(price)} instead of ${money(from)}: ${reason}`
        record((input) => recordOverride(db, { ...input, approval, about }), done)
      },
      t('{{name}} at {{price}} instead of {{from}}: {{reason}}', {
        name: line.name,
        price: money(price),
        from: money(from),
        reason,
      }),
    )

  return (
    <>
      <ReasonField
        value={reason}
        onChange={setReason}
        usual={[t('Damaged'), t('Short date'), t('Shelf price'), t('Price match')]}
        autoFocus
      />
      <p className={recordingClasses.refusal} role="alert">
        {refusal}
      </p>
      <div className={classes.entry}>
        <MoneyEntry
          placeholder={money(line.unitPrice)}
          idle={reason.trim() === '' ? t('First say why') : t('Type the price')}
          action={(price, text) =>
            reason.trim() === '' || price > MOST_PRICE || price === line.unitPrice
              ? undefined
              : t('Sell at {{price}}', { price: text })
          }
          why={(price) => {
            if (reason.trim() === '') return undefined
            if (price > MOST_PRICE) return t('At most {{most}}', { most: money(MOST_PRICE) })
            return price === line.unitPrice ? t('That is what it costs now') : undefined
          }}
          onDone={set}
        />
        {line.override !== undefined && (
          <Button variant="default" h={48} onClick={onRestore}>
            {t('Back to {{price}}', { price: money(from) })}
          </Button>
        )}
      </div>
      {dialog}
    </>
  )
}
