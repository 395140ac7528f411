import type { z } from 'zod'
import { formErrors } from '../words/form-errors.ts'
import { amountProblem, parseMoneyText } from '../words/money-text.ts'

/** What a form says, or what is wrong with it by field. */
export type ReadForm<Settings> =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly errors: Record<string, string> }

/** Reads fields one after the other and keeps what is wrong with each under its name. */
export function formReader(currency: string) {
  const errors: Record<string, string> = {}
  const wrong = (field: string, words: string) => {
    errors[field] ??= words
    return 0
  }
  return {
    errors,
    /** An amount; `empty` is what nothing typed means, if it may. */
    money: <Empty>(field: string, typed: string, most: number, empty?: Empty): number | Empty => {
      const read = parseMoneyText(typed, currency, most)
      if (read.ok) return read.amount
      if (read.code === 'empty' && empty !== undefined) return empty
      return wrong(field, amountProblem(read.code))
    },
    /** A whole number, with its thousands apart or not. */
    whole: <Empty>(field: string, typed: string, most: number, empty?: Empty): number | Empty => {
      const text = typed.normalize('NFKC').trim()
      if (text === '' && empty !== undefined) return empty
      if (text === '') return wrong(field, 'Fill this in')
      // `1,5` is no fifteen: whoever types it means one and a half.
      if (!/^(\d{1,15}|\d{1,3}(,\d{3}){1,4})$/.test(text)) return wrong(field, 'Type a whole number')
      const number = Number(text.replaceAll(',', ''))
      return number > most ? wrong(field, 'That is too much') : number
    },
    /** A number with at most `decimals` of them, in units of its last one: `1.25` with 6 is 1,250,000. */
    decimal: (field: string, typed: string, decimals: number): number => {
      const match = /^(\d{1,9})(?:\.(\d*))?$/.exec(typed.normalize('NFKC').trim())
      if (match === null)
        return wrong(field, typed.trim() === '' ? 'Fill this in' : 'Type a number, such as 1.5')
      const fraction = (match[2] ?? '').replace(/0+$/, '')
      if (fraction.length > decimals) return wrong(field, `At most ${decimals} decimals`)
      return Number((match[1] ?? '') + fraction.padEnd(decimals, '0'))
    },
    /**
     * The whole form by its schema; what was wrong before stands first.
     * @param fieldOf the field of a path of the settings, where it has another name
     */
    finish: <T>(schema: z.ZodType<T>, settings: unknown, fieldOf = (path: string) => path): ReadForm<T> => {
      const found = Object.entries(formErrors(schema, settings)).map(([path, words]) => [
        fieldOf(path),
        words,
      ])
      const all: Record<string, string> = { ...Object.fromEntries(found), ...errors }
      if (Object.keys(all).length > 0) return { ok: false, errors: all }
      return { ok: true, settings: schema.parse(settings) }
    },
  }
}
