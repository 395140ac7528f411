import { describe, expect, test } from 'vitest'
import type { Health } from '../../store/journal.ts'
import { helpReasons, safetyOf } from './safety.ts'

const NOW = new Date('2025-11-21T06:00:00.000Z')
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000).toISOString()

const healthy: Health = {
  online: true,
  sending: false,
  highWater: {},
  sent: { businessDate: '2025-11-21', count: 4 },
  lastAttemptAt: hoursAgo(0),
  lastContactAt: hoursAgo(0),
  waiting: 0,
  oldestWaitingAt: null,
  held: 0,
  sentToday: 4,
  clockOffsetMs: 120,
  persisted: true,
  tillState: 'active',
}

describe('the safety chip', () => {
  test('everything sent is safe', () => {
    expect(safetyOf(healthy, NOW)).toEqual({ code: 'safe' })
  })

  test('entries waiting while the server answers are being sent', () => {
    const health = { ...healthy, waiting: 3, oldestWaitingAt: hoursAgo(0) }
    expect(safetyOf(health, NOW)).toEqual({ code: 'sending', waiting: 3 })
  })

  test('offline says how many wait, also when none does', () => {
    const offline = { ...healthy, online: false }
    expect(safetyOf(offline, NOW)).toEqual({ code: 'offline', waiting: 0 })
    expect(safetyOf({ ...offline, waiting: 12, oldestWaitingAt: hoursAgo(2) }, NOW)).toEqual({
      code: 'offline',
      waiting: 12,
    })
  })

  test('a server that answers with a problem is not said to be taking sales', () => {
    const lastProblem = { code: 'unavailable', message: 'Try again.', at: hoursAgo(0) }
    const troubled = { ...healthy, waiting: 1, oldestWaitingAt: hoursAgo(0), lastProblem }
    expect(safetyOf(troubled, NOW)).toEqual({ code: 'server-troubled', waiting: 1 })
    const over = { ...troubled, lastProblem: { ...lastProblem, at: hoursAgo(1) } }
    expect(safetyOf(over, NOW)).toEqual({ code: 'sending', waiting: 1 })
  })

  test('before the first attempt nothing is claimed', () => {
    const { lastAttemptAt: _, lastContactAt: __, ...fresh } = { ...healthy, online: false }
    expect(safetyOf(fresh, NOW)).toEqual({ code: 'connecting' })
  })

  test('a queue older than a day needs a person', () => {
    const health = { ...healthy, online: false, waiting: 2, oldestWaitingAt: hoursAgo(25) }
    expect(safetyOf(health, NOW)).toEqual({ code: 'needs-help', reasons: ['queue-old'] })
  })

  test('unprotected storage needs a person only while it is the only copy for long', () => {
    const unprotected = { ...healthy, persisted: false }
    expect(helpReasons(unprotected, NOW)).toEqual([])
    expect(helpReasons({ ...unprotected, waiting: 1, oldestWaitingAt: hoursAgo(0.5) }, NOW)).toEqual([])
    expect(helpReasons({ ...unprotected, waiting: 1, oldestWaitingAt: hoursAgo(1.5) }, NOW)).toEqual([
      'not-protected',
    ])
  })

  test('a clock set back years needs a person before the server is heard again', () => {
    const serverTime = new Date(NOW.getTime() + 800 * 86_400_000).toISOString()
    expect(helpReasons({ ...healthy, serverTime }, NOW)).toEqual(['clock-off'])
  })

  test('a clock far off in either direction, a held entry and a revoked till need a person', () => {
    expect(helpReasons({ ...healthy, clockOffsetMs: -700_000 }, NOW)).toEqual(['clock-off'])
    expect(helpReasons({ ...healthy, clockOffsetMs: 700_000 }, NOW)).toEqual(['clock-off'])
    expect(helpReasons({ ...healthy, held: 1, tillState: 'revoked' }, NOW)).toEqual(['revoked', 'held'])
  })
})

test('a till that a restored server does not know needs help', () => {
  const lastProblem = { code: 'unauthenticated', message: 'not enrolled here', at: hoursAgo(0) }
  expect(helpReasons({ ...healthy, lastProblem }, NOW)).toEqual(['unknown-till'])
})
