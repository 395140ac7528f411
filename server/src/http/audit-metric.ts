import { Gauge, type Registry } from 'prom-client'
import { audit } from '../office/audit.ts'
import type { AppDeps } from './app-deps.ts'

const firstAfterMs = 5 * 60_000
const everyMs = 6 * 3_600_000

export type AuditMetric = {
  /** Begins an audit where the last one is old; whoever asks for the metrics does not wait for it. */
  refresh(deps: Pick<AppDeps, 'sql' | 'log' | 'now'>): void
}

/**
 * What the audit of all companies found. An audit reads the whole ledger: it runs a few times a day, a while after
 * the start, and only on servers whose metrics are asked for. Until its first end there is no value, not a zero.
 */
export function createAuditMetric(registry: Registry): AuditMetric {
  const registers = [registry]
  const differences = new Gauge({
    name: 'evertill_audit_differences',
    help: 'Contradictions in the ledgers, by the check that found them.',
    labelNames: ['check'],
    registers,
  })
  const endedAt = new Gauge({
    name: 'evertill_audit_timestamp_seconds',
    help: 'When the last audit ended; 0 before the first.',
    registers,
  })
  let dueAtMs: number | undefined

  return {
    refresh: ({ sql, log, now }) => {
      dueAtMs ??= now().getTime() + firstAfterMs
      if (now().getTime() < dueAtMs) return
      dueAtMs = now().getTime() + everyMs
      const found = new Map<string, number>()
      audit(
        sql,
        {},
        {
          onCheck: (_, { check, differences: more }) =>
            found.set(check.name, (found.get(check.name) ?? 0) + more),
        },
      ).then(
        (result) => {
          for (const [check, count] of found) differences.set({ check }, count)
          endedAt.set(now().getTime() / 1000)
          if (result.differences > 0) log.error(result, 'the audit found differences: run npm run audit')
        },
        (error: unknown) => log.warn({ err: error }, 'the audit could not run'),
      )
    },
  }
}
