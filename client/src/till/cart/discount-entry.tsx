import type { CartEvent } from '@evertill/shared/domain/cart'
import type { Discount } from '@evertill/shared/domain/discount'
import { minor, ppm } from '@evertill/shared/domain/money'
import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { minorPerUnit, moneyText, rateText } from '../../app/format.ts'
import { useCurrency } from '../../app/money.tsx'
import { recordOverride } from '../../store/record-override.ts'
import { useApproval } from '../approval/use-approval.tsx'
import { typedNumber } from '../keypad/typed-number.ts'
import recordingClasses from '../recording/recording.module.css'
import { useRecorder } from '../recording/use-recorder.ts'
import { useSelling } from '../selling.tsx'
import { useServices } from '../till-context.tsx'
import classes from './cart.module.css'
import { NumberEntry } from './number-entry.tsx'

const PERCENT_PLACES = 4
const ALL_PPM = 1_000_000

export interface DiscountEntryProps {
  /** What the discount is taken off: no amount may exceed it. */
  readonly of: number
  /** The line's name; none of the bill. */
  readonly named?: string
  /** How it is given. */
  readonly eventOf: (discount: Discount) => CartEvent
  readonly onDone: () => void
}

export function DiscountEntry({ of, named, eventOf, onDone }: DiscountEntryProps) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { changeCart, changeCartAllowed, mostDiscountPpm, shareOffAfter } = useSelling()
  const { record, refusal } = useRecorder()
  const { withApproval, dialog } = useApproval('price.override')
  const currency = useCurrency()
  const [kind, setKind] = useState<Discount['kind']>('percent')
  const places = Math.round(Math.log10(minorPerUnit(currency)))

  const discountOf = (text: string): Discount | undefined => {
    if (kind === 'percent') {
      const rate = typedNumber(text, PERCENT_PLACES) ?? 0
      return rate > 0 && rate <= ALL_PPM ? { kind, ratePpm: ppm(rate) } : undefined
    }
    const amount = typedNumber(text, places) ?? 0
    return amount > 0 && amount <= of ? { kind, amount: minor(amount) } : undefined
  }
  const show = (text: string) =>
    kind === 'percent'
      ? rateText(typedNumber(text, PERCENT_PLACES) ?? 0)
      : moneyText(typedNumber(text, places) ?? 0, currency)

  const give = (discount: Discount) => {
    const done = (change = changeCart) => {
      change(eventOf(discount))
      onDone()
    }
    if (mostDiscountPpm === undefined || shareOffAfter(eventOf(discount)) <= mostDiscountPpm) return done()
    const off =
      discount.kind === 'percent' ? rateText(discount.ratePpm) : moneyText(discount.amount, currency)
    withApproval(
      (approval) => {
        if (approval === undefined) return done()
        const about = `${off} off ${named ?? 'the bill'}, where up to ${rateText(mostDiscountPpm)} needs nobody`
        record(
          (input) => recordOverride(db, { ...input, approval, about }),
          () => done(changeCartAllowed),
        )
      },
      named === undefined
        ? t('{{off}} off the bill', { off })
        : t('{{off}} off {{name}}', { off, name: named }),
    )
  }

  return (
    <div className={classes.entry}>
      {refusal !== undefined && (
        <p className={recordingClasses.refusal} role="alert">
          {refusal}
        </p>
      )}
      <SegmentedControl
        fullWidth
        size="lg"
        aria-label={t('Kind of discount')}
        value={kind}
        onChange={(value) => setKind(value === 'amount' ? 'amount' : 'percent')}
        data={[
          { value: 'percent', label: t('Percent') },
          { value: 'amount', label: t('Amount') },
        ]}
      />
      <NumberEntry
        key={kind}
        shape={kind === 'percent' ? { whole: 3, decimals: 2 } : { whole: 6, decimals: places }}
        placeholder={kind === 'percent' ? t('How many percent?') : t('How much?')}
        show={show}
        presets={kind === 'percent' ? ['5', '10', '15', '20'] : []}
        idle={t('Give discount')}
        action={(text) =>
          discountOf(text) ? t('Take {{discount}} off', { discount: show(text) }) : undefined
        }
        why={(text) => {
          const most = kind === 'percent' ? rateText(ALL_PPM) : moneyText(of, currency)
          return (typedNumber(text, kind === 'percent' ? PERCENT_PLACES : places) ?? 0) > 0
            ? t('At most {{most}}', { most })
            : undefined
        }}
        onDone={(text) => {
          const discount = discountOf(text)
          if (discount !== undefined) give(discount)
        }}
      />
      {dialog}
    </div>
  )
}
