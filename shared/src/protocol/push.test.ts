import { describe, expect, it } from 'vitest'
import { sha256Hex } from '../domain/journal-hash.ts'
import { cartOf, journalOf, saleOf } from '../testing/builders.ts'
import { MAX_PUSH_UNPACKED_BYTES, type PushHeader, pushText, zPushHeader } from './push.ts'
import { PROTOCOL_VERSION } from './version.ts'

const header: PushHeader = {
  version: PROTOCOL_VERSION,
  epoch: 1,
  report: {
    waiting: 2,
    oldestWaitingAt: '2026-11-21T04:00:00.000Z',
    clockOffsetMs: -250,
    appVersion: '0.1.0',
    persisted: true,
  },
}

describe('a push', () => {
  it('is a header line and one line per entry, which holds what was hashed, byte for byte', () => {
    const entries = journalOf([
      saleOf(cartOf([{ name: 'line\nbreak \u2028 "quoted" 茶 😀' }])),
      saleOf(cartOf([{ price: 5 }])),
    ])
    const [first, ...lines] = pushText(header, entries).split('\n')
    expect(zPushHeader.parse(JSON.parse(first ?? ''))).toEqual(header)
    expect(lines).toHaveLength(2)
    lines.forEach((line, i) => {
      expect(line.slice(0, 64)).toBe(entries[i]?.hash)
      expect(line.charAt(64)).toBe(' ')
      expect(sha256Hex(line.slice(65))).toBe(entries[i]?.hash)
    })
  })

  it('is a heartbeat with no entries: the header alone, without a line break', () => {
    expect(pushText(header, [])).toBe(JSON.stringify(header))
  })

  it('has room for the largest sale many times over', () => {
    const largest = cartOf(Array.from({ length: 500 }, () => ({ name: '茶'.repeat(200) })))
    const [entry] = journalOf([saleOf(largest)])
    const bytes = new TextEncoder().encode(entry?.raw).length
    expect(bytes * 10).toBeLessThan(MAX_PUSH_UNPACKED_BYTES)
  })
})
