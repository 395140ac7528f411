import { expect, it } from 'vitest'
import { backPath } from './back-path.ts'

it('goes back to a page of head office', () => {
  expect(backPath('/sales?q=kopi&from=2025-11-13')).toBe('/sales?q=kopi&from=2025-11-13')
})

it('goes home when there is no page to go back to', () => {
  expect(backPath(undefined)).toBe('/')
  expect(backPath('/sign-in?back=%2Fsales')).toBe('/')
})

it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', ''])(
  'never leads to another site: %j',
  (back) => expect(backPath(back)).toBe('/'),
)
