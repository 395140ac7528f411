import { createContext, useContext } from 'react'
import { moneyParts, moneyText } from './format.ts'
import classes from './money.module.css'

const CurrencyContext = createContext('SGD')

/** The company's currency for every `Money` below it. */
export const CurrencyProvider = CurrencyContext.Provider
export const useCurrency = (): string => useContext(CurrencyContext)

/** Formats minor units of the company's currency as plain text. */
export function useMoneyText(): (amount: number) => string {
  const currency = useCurrency()
  return (amount) => moneyText(amount, currency)
}

export interface MoneyProps {
  /** Minor units. */
  readonly amount: number
  readonly currency?: string
  readonly className?: string | undefined
}

/** An amount of money: tabular figures, a real minus sign, a small currency sign. */
export function Money({ amount, currency, className }: MoneyProps) {
  const own = useCurrency()
  const { sign, symbol, number } = moneyParts(amount, currency ?? own)
  return (
    <span className={className === undefined ? classes.money : `${classes.money} ${className}`}>
      {sign}
      <span className={classes.symbol}>{symbol}</span>
      {number}
    </span>
  )
}
