import { resolve } from 'node:path'
import { PAPER_WORDS } from '@evertill/shared/receipt/say'
import { describe, expect, test } from 'vitest'
import { english } from '../english.ts'
import ms from './ms.json'
import { sentencesIn, sentencesOf } from './sentences-for-tests.ts'
import ta from './ta.json'
import zh from './zh.json'

const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  zh: { ...zh, ...PAPER_WORDS.zh },
  ms: { ...ms, ...PAPER_WORDS.ms },
  ta: { ...ta, ...PAPER_WORDS.ta },
}
const SOURCE = resolve(import.meta.dirname, '../..')
const PAPERS = '../../shared/src/receipt'
const sentences = sentencesIn(SOURCE, ['app', 'devices', 'till', PAPERS])

/** The keys under which i18next looks for a sentence, by the plural rules of the language. */
function keysIn(language: string): Set<string> {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  return new Set(
    sentences.flatMap(({ key, counted }) =>
      counted || `${key}_other` in english ? forms.map((form) => `${key}_${form}`) : [key],
    ),
  )
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

describe.each(Object.keys(WORDS))('the words of the till in %s', (language) => {
  const words = WORDS[language] ?? {}

  test('say every sentence of the code', () => {
    expect([...keysIn(language)].filter((key) => !(key in words))).toEqual([])
  })

  test('say nothing that the code does not', () => {
    const used = keysIn(language)
    expect(Object.keys(words).filter((key) => !used.has(key))).toEqual([])
  })

  test('name what the English sentence names', () => {
    const other = Object.entries(words).filter(([key, text]) => {
      const named = placeholders(text)
      // A form for one thing may say "one" instead of the number.
      const needed = placeholders(key).filter((name) => !(key.endsWith('_one') && name === 'count'))
      return (
        needed.some((name) => !named.includes(name)) || named.some((name) => !key.includes(`{{${name}}}`))
      )
    })
    expect(other).toEqual([])
  })
})

test('English has a form for one thing and one for several where it names the things', () => {
  const counted = [...keysIn('en')].filter((key) => /\{\{count\}\} \p{L}.*_(one|other)$/u.test(key))
  expect(counted.filter((key) => !(key in english))).toEqual([])
})

test('a sentence put together at run time is found', () => {
  const key = ['t(`', '$', '{name} left`)'].join('')
  expect(() => sentencesOf(key, 'cart.ts')).toThrow('cart.ts')
  expect(sentencesOf("t(late ? 'Late' : 'In time'); i18n.t('Now', { count: 2 })", 'cart.ts')).toEqual([
    { key: 'Late', counted: false, where: 'cart.ts' },
    { key: 'In time', counted: false, where: 'cart.ts' },
    { key: 'Now', counted: true, where: 'cart.ts' },
  ])
})
