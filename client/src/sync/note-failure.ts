import { noteContact } from '../store/contact.ts'
import { writeState } from '../store/state.ts'
import type { Answer } from './answer.ts'
import type { SyncEvent } from './decide.ts'
import type { RequestDeps } from './request.ts'

export type Failure = Exclude<Answer<never>, { code: 'answered' }>

/** Leaves on the health page what went wrong. A revoked till keeps its entries and goes on asking. */
export async function noteFailure({ db, now }: Pick<RequestDeps, 'db' | 'now'>, failure: Failure) {
  const at = now().toISOString()
  const reached = failure.code === 'refused'
  const { code, message } = failure.code === 'refused' ? failure.problem : failure
  await noteContact(db, {
    online: reached,
    sending: false,
    ...(reached && { lastContactAt: at }),
    lastProblem: { code, message, at },
  })
  if (code === 'till-revoked') await writeState(db, 'tillState', 'revoked')
}

/** What a failed request means for what was sent. */
export function toEvent(failure: Failure, hashes: readonly string[]): SyncEvent {
  if (failure.code === 'too-slow' && hashes.length > 0) return { type: 'too-slow', sent: hashes.length }
  if (failure.code !== 'refused') return { type: 'failed' }
  const { status, problem } = failure
  if (problem.code === 'too-large' && hashes.length > 0) return { type: 'too-large', hashes }
  // These statuses are about the push itself; all others would meet any other push as well.
  if ((status === 400 || status === 422 || status === 500) && hashes.length > 0)
    return { type: 'refused', hashes }
  return {
    type: 'failed',
    ...(problem.retryAfterMs !== undefined && { retryAfterMs: problem.retryAfterMs }),
  }
}
