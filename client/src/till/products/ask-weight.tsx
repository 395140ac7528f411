import { MAX_QUANTITY } from '@evertill/shared/domain/cart'
import { extend, type Thousandths, thousandths } from '@evertill/shared/domain/money'
import type { ProductRow } from '@evertill/shared/protocol/pull'
import { useTranslation } from 'react-i18next'
import { quantityText } from '../../app/format.ts'
import { useMoneyText } from '../../app/money.tsx'
import { NumberEntry } from '../cart/number-entry.tsx'
import type { Known, RungUp } from '../goods/ask.ts'
import { typedNumber } from '../keypad/typed-number.ts'

const THOUSANDTHS = 3

interface AskWeightProps {
  readonly product: ProductRow
  /** Of what has no price of its own, the price that was said. */
  readonly known: Known
  readonly onGiven: (given: RungUp) => void
}

/** What the scale shows, in kilograms. Each weighing is a line of its own. */
export function AskWeight({ product, known, onGiven }: AskWeightProps) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const price = known.unitPrice ?? product.price
  const show = (text: string) => quantityText(typedNumber(text, THOUSANDTHS) ?? 0, 'kg')
  const quantityOf = (text: string): Thousandths | undefined => {
    const typed = typedNumber(text, THOUSANDTHS) ?? 0
    return typed > 0 && typed <= MAX_QUANTITY ? thousandths(typed) : undefined
  }
  return (
    <NumberEntry
      shape={{ whole: 5, decimals: THOUSANDTHS }}
      placeholder={t('{{price}} / kg', { price: money(price) })}
      show={show}
      idle={t('Type the weight')}
      action={(text) => {
        const quantity = quantityOf(text)
        if (quantity === undefined) return undefined
        return t('Add {{quantity}} for {{price}}', {
          quantity: show(text),
          price: money(extend(price, quantity)),
        })
      }}
      why={(text) =>
        (typedNumber(text, THOUSANDTHS) ?? 0) > MAX_QUANTITY
          ? t('At most {{most}}', { most: quantityText(MAX_QUANTITY, 'kg') })
          : undefined
      }
      onDone={(text) => {
        const quantity = quantityOf(text)
        if (quantity !== undefined) onGiven({ quantity, apart: true })
      }}
    />
  )
}
