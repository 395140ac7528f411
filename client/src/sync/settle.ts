import type { Outcome } from '@evertill/shared/protocol/push'
import type { BatchEntry } from '../store/read-batch.ts'
import type { SettledEntry } from '../store/settle-entries.ts'

/*
 * applied, duplicate → acknowledged      quarantined → held for a person      not named → waits on
 */

/** What the server's outcomes mean for the entries that were sent: matched by hash, never by position or status. */
export function settlementOf(
  sent: readonly BatchEntry[],
  outcomes: readonly Outcome[],
): readonly SettledEntry[] {
  const byHash = new Map<string, Outcome>()
  for (const outcome of outcomes) {
    if (outcome.hash === null) continue
    const before = byHash.get(outcome.hash)
    // Named twice, an entry that was taken once is taken.
    if (before === undefined || before.outcome === 'quarantined') byHash.set(outcome.hash, outcome)
  }
  return sent.flatMap(({ seq, hash }) => {
    const found = byHash.get(hash)
    if (found === undefined) return []
    const { outcome, reason, exceptions } = found
    return {
      seq,
      hash,
      fate: outcome === 'quarantined' ? 'held' : outcome,
      ...(reason !== undefined && { reason }),
      ...(exceptions !== undefined && { exceptions }),
    }
  })
}
