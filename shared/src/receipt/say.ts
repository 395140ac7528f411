import { type Language, localeOf } from '../domain/language.ts'
import { ms } from './words/ms.ts'
import { ta } from './words/ta.ts'
import { zh } from './words/zh.ts'

/** Says an English sentence in some language, with `{{name}}` filled in. i18next's `t` is one. */
export type Say = (...said: [sentence: string] | [sentence: string, values: Values]) => string
type Values = Readonly<Record<string, string | number>>

/** What papers say, by the English sentence; `_one`, `_other` and so on where a count changes it. */
export const PAPER_WORDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {},
  zh,
  ms,
  ta,
}

/** The words of papers where there is no i18next: a sentence without a translation is said in English. */
export function sayIn(language: Language): Say {
  const words = PAPER_WORDS[language]
  const forms = new Intl.PluralRules(localeOf(language))
  return (sentence, values: Values = {}) => {
    const { count } = values
    const counted = typeof count === 'number' ? words[`${sentence}_${forms.select(count)}`] : undefined
    return (counted ?? words[sentence] ?? sentence).replace(/\{\{(\w+)\}\}/g, (gap, name: string) =>
      String(values[name] ?? gap),
    )
  }
}
