import type { AuditReport } from '@evertill/shared/protocol/office/audit'
import { countText } from '../../app/format.ts'
import { countOf } from '../words/count-words.ts'

export type AuditCheck = AuditReport['checks'][number]

/** The result in one sentence. */
export function auditSentence({ differences, checks }: AuditReport): string {
  if (differences === 0)
    return `All ${countText(checks.length)} checks hold. Nothing that arrived is lost, and nothing is counted twice.`
  const failing = checks.filter((check) => check.differences > 0).length
  return `${countOf(differences, 'difference')} in ${failing} of ${countOf(checks.length, 'check')}. Have them looked at before you rely on the figures they name.`
}

/** What was looked at: `1,204 sales`. */
export const coveredText = ({ covered, covers }: AuditCheck): string => `${countText(covered)} ${covers}`

/** How many differences are not shown; undefined where all are. */
export function moreText({ differences, shown }: AuditCheck): string | undefined {
  const more = differences - shown.length
  return more > 0 ? `and ${countText(more)} more: npm run audit on the server prints them all` : undefined
}
