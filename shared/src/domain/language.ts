/** The languages of screens and papers. English sentences are the keys of the others. */
export const LANGUAGES = ['en', 'zh', 'ms', 'ta'] as const
export type Language = (typeof LANGUAGES)[number]

/** The language with the region the shop is in: money stays $, days and digits are Singapore's. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-SG', zh: 'zh-SG', ms: 'ms-SG', ta: 'ta-SG' }

/** As `Intl` and the `lang` of a document take it, BCP 47. */
export const localeOf = (language: Language): string => LOCALES[language]
