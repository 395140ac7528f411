import { createInstance, type i18n as I18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { english } from './english.ts'
import { currentLanguage, type Language, localeOf, setCurrentLanguage } from './locale.ts'
import { rememberSentences } from './quick-words.ts'

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
rememberSentences(i18n)

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
let paper = { language: 'en' as Language, t: i18n.getFixedT('en') }
let paperWanted: Language = 'en'
const paperListeners = new Set<() => void>()

export const paperWords = () => paper

export function onPaperWords(listener: () => void): () => void {
  paperListeners.add(listener)
  return () => paperListeners.delete(listener)
}

/** Changes the language of papers. Words that cannot be fetched leave them as they are until it is asked again. */
export async function writePapersIn(language: Language): Promise<void> {
  paperWanted = language
  if (!(await hasWordsOf(language)) || paperWanted !== language || paper.language === language) return
  paper = { language, t: i18n.getFixedT(language) }
  for (const listener of paperListeners) listener()
}

let wanted = currentLanguage()

async function hasWordsOf(language: Language): Promise<boolean> {
  if (language === 'en' || i18n.hasResourceBundle(language, 'translation')) return true
  const words = await WORDS[language]().catch(() => undefined)
  if (words === undefined) return false
  i18n.addResourceBundle(language, 'translation', words)
  return true
}

/**
 * Changes the language of the page: its words, its numbers and dates, and what a screen reader is told it is. Of
 * several calls the last one counts. Words that cannot be fetched leave the page as it is.
 */
export async function speak(language: Language): Promise<void> {
  wanted = language
  if (!(await hasWordsOf(language))) return
  if (wanted !== language || i18n.language === language) return
  setCurrentLanguage(language)
  if (typeof document !== 'undefined') document.documentElement.lang = localeOf(language)
  await i18n.changeLanguage(language)
}
