import { type Minor, minor } from '@evertill/shared/domain/money'
import { minorPerUnit } from '../../app/format.ts'

/** How many decimals the currency is written with: 2 for SGD, 0 for JPY. */
const decimalsOf = (currency: string): number => String(minorPerUnit(currency)).length - 1

/** An amount as it stands in a text field or a CSV file, without a currency sign: 360 is `3.60`. */
export function plainMoneyText(amount: number, currency: string): string {
  const digits = decimalsOf(currency)
  const figures = String(Math.abs(amount)).padStart(digits + 1, '0')
  const whole = figures.slice(0, figures.length - digits)
  const sign = amount < 0 ? '-' : ''
  return digits === 0 ? sign + whole : `${sign}${whole}.${figures.slice(figures.length - digits)}`
}

export type ParsedMoney =
  | { readonly ok: true; readonly amount: Minor }
  | { readonly ok: false; readonly code: 'empty' | 'not-an-amount' | 'too-many-decimals' | 'too-much' }

const AMOUNT = /^(?:[A-Z]{0,3}\$)?\s*(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d*))?$/

/**
 * Reads what a person typed as an amount, digit by digit: no float ever holds it.
 * Takes `3.6`, `$3.60`, `1,234.50`, and full-width figures of an East Asian keyboard.
 */
export function parseMoneyText(typed: string, currency: string, most: number): ParsedMoney {
  const digits = decimalsOf(currency)
  const text = typed.normalize('NFKC').trim()
  if (text === '') return { ok: false, code: 'empty' }
  const match = AMOUNT.exec(text.toUpperCase())
  const whole = (match?.[1] ?? '').replaceAll(',', '')
  const decimals = match?.[2] ?? ''
  if (match === null || whole + decimals === '') return { ok: false, code: 'not-an-amount' }
  if (decimals.replace(/0+$/, '').length > digits) return { ok: false, code: 'too-many-decimals' }
  const figures = (whole + decimals.slice(0, digits).padEnd(digits, '0')).replace(/^0+(?=\d)/, '')
  if (figures.length > 15 || Number(figures) > most) return { ok: false, code: 'too-much' }
  return { ok: true, amount: minor(Number(figures)) }
}

/** What is wrong with an amount, for the field where it was typed. */
export function amountProblem(code: Extract<ParsedMoney, { ok: false }>['code']): string {
  switch (code) {
    case 'empty':
      return 'Fill this in'
    case 'too-much':
      return 'That is too much'
    default:
      return 'Type an amount, such as 5.00'
  }
}
