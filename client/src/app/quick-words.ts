import type { i18n as I18n } from 'i18next'

/**
 * Lets an instance remember the sentences that name nothing and count nothing. i18next works each out anew, and a
 * screen says dozens with every scan.
 */
export function rememberSentences(i18n: I18n): void {
  const known = new Map<string, Map<string, string>>()
  i18n.store.on('added', () => known.clear())
  type Say = (...asked: readonly unknown[]) => string
  const getFixedT = i18n.getFixedT.bind(i18n) as unknown as (...args: readonly unknown[]) => Say
  const remembering = (...args: readonly unknown[]): Say => {
    const workOut = getFixedT(...args)
    const [language] = args
    if (typeof language !== 'string') return workOut
    const say: Say = (...asked) => {
      const [key] = asked
      if (asked.length !== 1 || typeof key !== 'string') return workOut(...asked)
      const sentences = known.get(language) ?? new Map<string, string>()
      known.set(language, sentences)
      const text = sentences.get(key) ?? workOut(key)
      sentences.set(key, text)
      return text
    }
    return Object.assign(say, workOut)
  }
  i18n.getFixedT = remembering as unknown as I18n['getFixedT']
}
