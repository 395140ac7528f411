import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { WithWhole } from './with-whole.tsx'

const shown = (text: string, whole: string) =>
  renderToStaticMarkup(<WithWhole text={text} whole={whole} />).replaceAll(/ class="[^"]*"/g, '')

test('a receipt’s number is one piece of a title, wherever the language puts it', () => {
  expect(shown('Refund of MAIN-T1-000012', 'MAIN-T1-000012')).toBe('Refund of <span>MAIN-T1-000012</span>')
  expect(shown('MAIN-T1-000012 的退款', 'MAIN-T1-000012')).toBe('<span>MAIN-T1-000012</span> 的退款')
  expect(shown('Refund', 'MAIN-T1-000012')).toBe('Refund')
  expect(shown('Refund of ', '')).toBe('Refund of ')
})
