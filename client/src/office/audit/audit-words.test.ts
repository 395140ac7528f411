import { expect, test } from 'vitest'
import { type AuditCheck, auditSentence, coveredText, moreText } from './audit-words.ts'

const check = (rest: Partial<AuditCheck> = {}): AuditCheck => ({
  name: 'sale-paid',
  law: 'For every sale, tenders less change are its total.',
  covered: 1204,
  covers: 'sales',
  differences: 0,
  shown: [],
  ...rest,
})
const difference = { sentence: 'Receipt TB-1-000012: its total is $5.00.', saleId: null, tillId: null }
const ranAt = '2026-03-10T04:00:00.000Z'

test('an audit without differences says that nothing which arrived is lost or doubled', () => {
  expect(auditSentence({ ranAt, differences: 0, checks: [check(), check()] })).toBe(
    'All 2 checks hold. Nothing that arrived is lost, and nothing is counted twice.',
  )
})

test('differences are counted over all checks, and the sentence says what to do', () => {
  const checks = [check({ differences: 1, shown: [difference] }), check()]
  expect(auditSentence({ ranAt, differences: 1, checks })).toMatch(
    /^1 difference in 1 of 2 checks\. Have them looked at/,
  )
})

test('what was looked at is counted, and what is not shown is not hidden', () => {
  expect(coveredText(check())).toBe('1,204 sales')
  expect(moreText(check({ differences: 1, shown: [difference] }))).toBeUndefined()
  expect(moreText(check({ differences: 1201, shown: [difference] }))).toMatch(/^and 1,200 more/)
})
