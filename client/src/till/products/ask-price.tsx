import { extend, type Minor, MOST_PRICE } from '@evertill/shared/domain/money'
import type { ProductRow } from '@evertill/shared/protocol/pull'
import { useTranslation } from 'react-i18next'
import { quantityText } from '../../app/format.ts'
import { useMoneyText } from '../../app/money.tsx'
import { recordOverride } from '../../store/record-override.ts'
import { useApproval } from '../approval/use-approval.tsx'
import { askAbout, type Known, type RungUp } from '../goods/ask.ts'
import { MoneyEntry } from '../recording/money-entry.tsx'
import recordingClasses from '../recording/recording.module.css'
import { useRecorder } from '../recording/use-recorder.ts'
import { useServices, useStaff } from '../till-context.tsx'

interface AskPriceProps {
  readonly product: ProductRow
  readonly known: Known
  readonly onGiven: (given: RungUp) => void
}

/** The price of what has none of its own: anybody's to say, up to what the role is trusted with. */
export function AskPrice({ product, known, onGiven }: AskPriceProps) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { mostOpenPrice } = useStaff()
  const money = useMoneyText()
  const { record, refusal } = useRecorder()
  const { withApproval, dialog } = useApproval('price.override')

  const give = (unitPrice: Minor) => {
    const done = () => onGiven({ unitPrice })
    if (mostOpenPrice === undefined || unitPrice <= mostOpenPrice) return done()
    withApproval(
      (approval) => {
        if (approval === undefined) return done()
        const about = `${product.name} at ${money(unitPrice)}, where up to ${money(mostOpenPrice)} needs nobody`
        record((input) => recordOverride(db, { ...input, approval, about }), done)
      },
      `${product.name} · ${money(unitPrice)}`,
    )
  }

  const isPerKg = product.unit === 'kg'
  const perUnit = (price: string) => (isPerKg ? t('{{price}} / kg', { price }) : price)
  /** What the button does: what is weighed next, how much of it is added, or one. */
  const doing = (unitPrice: Minor, price: string): string => {
    if (askAbout(product, { ...known, unitPrice }) === 'weight')
      return t('Weigh it at {{price}} / kg', { price })
    const { quantity } = known
    if (quantity === undefined) return t('Add for {{price}}', { price })
    return t('Add {{quantity}} for {{price}}', {
      quantity: quantityText(quantity, product.unit),
      price: money(extend(unitPrice, quantity)),
    })
  }

  return (
    <>
      <p className={recordingClasses.refusal} role="alert">
        {refusal}
      </p>
      <MoneyEntry
        placeholder={
          product.price > 0
            ? t('Usually {{price}}', { price: perUnit(money(product.price)) })
            : isPerKg
              ? t('What does a kilogram cost?')
              : t('What does it cost?')
        }
        idle={t('Type the price')}
        action={(price, text) => (price === 0 || price > MOST_PRICE ? undefined : doing(price, text))}
        why={(price) => (price > MOST_PRICE ? t('At most {{most}}', { most: money(MOST_PRICE) }) : undefined)}
        onDone={give}
      />
      {dialog}
    </>
  )
}
