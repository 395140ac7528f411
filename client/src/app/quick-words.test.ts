import { createInstance } from 'i18next'
import { beforeEach, expect, test } from 'vitest'
import { rememberSentences } from './quick-words.ts'

let i18n = createInstance()

beforeEach(() => {
  i18n = createInstance()
  void i18n.init({
    lng: 'en',
    fallbackLng: 'en',
    resources: {
      en: {
        translation: { '{{count}} items_one': '{{count}} item', '{{count}} items_other': '{{count}} items' },
      },
      ms: { translation: { Pay: 'Bayar' } },
    },
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
  })
  rememberSentences(i18n)
})

test('each language keeps its own words', () => {
  const [english, malay] = [i18n.getFixedT('en'), i18n.getFixedT('ms')]
  expect([english('Pay'), malay('Pay'), english('Pay'), malay('Pay')]).toEqual([
    'Pay',
    'Bayar',
    'Pay',
    'Bayar',
  ])
})

test('words that come later are said from then on', () => {
  expect(i18n.getFixedT('ms')('Paid')).toBe('Paid')
  i18n.addResourceBundle('ms', 'translation', { Paid: 'Dibayar' })
  expect(i18n.getFixedT('ms')('Paid')).toBe('Dibayar')
})

test('what is counted or named is worked out each time', () => {
  const t = i18n.getFixedT('en')
  expect([t('{{count}} items', { count: 1 }), t('{{count}} items', { count: 2 })]).toEqual([
    '1 item',
    '2 items',
  ])
})
