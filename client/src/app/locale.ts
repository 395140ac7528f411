/** The languages a cashier can choose from. English sentences are the keys of the others. */
export const LANGUAGES = ['en', 'zh', 'ms', 'ta'] as const
export type Language = (typeof LANGUAGES)[number]

/** Each in its own script: whoever needs it can read it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  zh: '中文',
  ms: 'Bahasa Melayu',
  ta: 'தமிழ்',
}

/** The language with the region the shop is in: money stays $, days and digits are Singapore's. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-SG', zh: 'zh-SG', ms: 'ms-SG', ta: 'ta-SG' }

export const localeOf = (language: Language): string => LOCALES[language]

let current: Language = 'en'

/** The language in which this page writes numbers, money and dates. */
export const currentLanguage = (): Language => current

/** Called by `speak` alone, which brings the words as well. */
export function setCurrentLanguage(language: Language): void {
  current = language
}
