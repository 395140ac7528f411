import { LANGUAGES, type Language, localeOf } from '@evertill/shared/domain/language'

export { LANGUAGES, type Language, localeOf }

/** Each in its own script: whoever needs it can read it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  zh: '中文',
  ms: 'Bahasa Melayu',
  ta: 'தமிழ்',
}

let current: Language = 'en'

/** The language in which this page writes numbers, money and dates. */
export const currentLanguage = (): Language => current

/** Called by `speak` alone, which brings the words as well. */
export function setCurrentLanguage(language: Language): void {
  current = language
}
