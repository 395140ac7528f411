import { type Minor, MOST_MONEY, minor } from '@evertill/shared/domain/money'
import { minorPerUnit } from '../../app/format.ts'
import { useCurrency, useMoneyText } from '../../app/money.tsx'
import { NumberEntry } from '../cart/number-entry.tsx'
import { typedNumber } from '../keypad/typed-number.ts'

interface MoneyEntryProps {
  readonly placeholder: string
  /** Words on the button while there is nothing to do. */
  readonly idle: string
  /** Words on the button; undefined where that amount will not do. */
  readonly action: (amount: Minor, text: string) => string | undefined
  /** Words on the button where that amount will not do; see NumberEntry. */
  readonly why?: (amount: Minor) => string | undefined
  readonly onDone: (amount: Minor) => void
}

/** An amount of money typed on the keypad, and the one button that says what it will do. */
export function MoneyEntry({ placeholder, idle, action, why, onDone }: MoneyEntryProps) {
  const money = useMoneyText()
  const places = Math.round(Math.log10(minorPerUnit(useCurrency())))
  const amountOf = (text: string): Minor | undefined => {
    const typed = typedNumber(text, places)
    return typed === undefined || typed > MOST_MONEY ? undefined : minor(typed)
  }
  return (
    <NumberEntry
      shape={{ whole: 6, decimals: places }}
      placeholder={placeholder}
      show={(text) => money(amountOf(text) ?? 0)}
      idle={idle}
      action={(text) => {
        const amount = amountOf(text)
        return amount === undefined ? undefined : action(amount, money(amount))
      }}
      why={
        why &&
        ((text) => {
          const amount = amountOf(text)
          return amount === undefined ? undefined : why(amount)
        })
      }
      onDone={(text) => {
        const amount = amountOf(text)
        if (amount !== undefined) onDone(amount)
      }}
    />
  )
}
