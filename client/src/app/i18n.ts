import { createInstance, type i18n as I18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { english } from './english.ts'
import { currentLanguage, type Language, localeOf, setCurrentLanguage } from './locale.ts'

/** Keys are the English sentences themselves, so a missing translation still reads well. */
export const i18n: I18n = createInstance()

void i18n.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: english } },
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  interpolation: { escapeValue: false },
})

/** Those of screens and those of papers, fetched when somebody speaks the language; offline they come from the service worker. */
const WORDS: Readonly<Record<Exclude<Language, 'en'>, () => Promise<Record<string, string>>>> = {
  zh: async () => ({
    ...(await import('./words/zh.json')).default,
    ...(await import('@evertill/shared/receipt/words/zh')).zh,
  }),
  ms: async () => ({
    ...(await import('./words/ms.json')).default,
    ...(await import('@evertill/shared/receipt/words/ms')).ms,
  }),
  ta: async () => ({
    ...(await import('./words/ta.json')).default,
    ...(await import('@evertill/shared/receipt/words/ta')).ta,
  }),
}

/**
 * What the customer takes home is in the shop's language, whoever is at the till: a tax invoice is a paper for others
 * to read.
 */
export const PAPER_LANGUAGE: Language = 'en'
export const onPaper = i18n.getFixedT(PAPER_LANGUAGE)
export const paperWords = { language: PAPER_LANGUAGE, t: onPaper }

let wanted = currentLanguage()

/**
 * Changes the language of the page: its words, its numbers and dates, and what a screen reader is told it is. Of
 * several calls the last one counts. Words that cannot be fetched leave the page as it is.
 */
export async function speak(language: Language): Promise<void> {
  wanted = language
  if (language !== 'en' && !i18n.hasResourceBundle(language, 'translation')) {
    const words = await WORDS[language]().catch(() => undefined)
    if (words === undefined) return
    i18n.addResourceBundle(language, 'translation', words)
  }
  if (wanted !== language || i18n.language === language) return
  setCurrentLanguage(language)
  if (typeof document !== 'undefined') document.documentElement.lang = localeOf(language)
  await i18n.changeLanguage(language)
}
