import { useSyncExternalStore } from 'react'
import { onPaperWords, paperWords } from '../../app/i18n.ts'

/** The language of papers with its words: the shop's, whoever is at the till. */
export const usePaperWords = () => useSyncExternalStore(onPaperWords, paperWords, paperWords)
