import type { Outcome } from '@evertill/shared/protocol/push'
import { expect, test } from 'vitest'
import { settlementOf } from './settle.ts'

const hash = (n: number) => String(n).repeat(64)
const sent = [1, 2, 3].map((n) => ({ seq: n, hash: hash(n), raw: '{}' }))
const outcome = (n: number, outcome: Outcome['outcome'], more: Partial<Outcome> = {}): Outcome => ({
  hash: hash(n),
  id: null,
  outcome,
  ...more,
})

test('outcomes are matched by hash, in whatever order they come', () => {
  expect(settlementOf(sent, [outcome(3, 'duplicate'), outcome(1, 'applied')])).toEqual([
    { seq: 1, hash: hash(1), fate: 'applied' },
    { seq: 3, hash: hash(3), fate: 'duplicate' },
  ])
})

test('a quarantined entry is held with the server’s reason', () => {
  const told = outcome(2, 'quarantined', { reason: 'cannot be read', exceptions: ['unreadable'] })
  expect(settlementOf(sent, [told])).toEqual([
    { seq: 2, hash: hash(2), fate: 'held', reason: 'cannot be read', exceptions: ['unreadable'] },
  ])
})

test('an outcome for a line without a hash, or for an entry that was not sent, settles nothing', () => {
  expect(settlementOf(sent, [{ hash: null, id: null, outcome: 'applied' }, outcome(9, 'applied')])).toEqual(
    [],
  )
})

test('an entry that the server both took and quarantined is taken', () => {
  const both = [outcome(1, 'quarantined', { reason: 'x' }), outcome(1, 'applied')]
  for (const order of [both, both.toReversed()])
    expect(settlementOf(sent, order)).toEqual([{ seq: 1, hash: hash(1), fate: 'applied' }])
})
