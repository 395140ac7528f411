import { noteContact, readContact } from '../store/contact.ts'
import { holdEntry } from '../store/hold-entry.ts'
import { countWaiting, findByHash } from '../store/journal.ts'
import { readTill } from '../store/till.ts'
import { type Action, decide, type Facts, type SyncEvent, type SyncState } from './decide.ts'
import { pullOnce } from './pull-once.ts'
import { type PushDeps, pushOnce } from './push-once.ts'

export interface DrainDeps extends PushDeps {
  readonly random: () => number
  readonly isOnline: () => boolean
  readonly isVisible?: () => boolean
}

/**
 * One round: sends all that waits, fetches what is due, and stops when there is nothing to do or something failed.
 * Safe to run in several tabs at once: every step may be repeated.
 * @returns for how long to rest
 */
export async function drain(
  deps: DrainDeps,
  before: SyncState,
  event: SyncEvent,
  stopped: () => boolean = () => false,
): Promise<{ state: SyncState; restMs: number }> {
  let decision = decide(before, event, deps.random())
  while (decision.action.do !== 'sleep' && !stopped())
    decision = decide(decision.state, await attempt(deps, decision.action), deps.random())
  return { state: decision.state, restMs: decision.action.do === 'sleep' ? decision.action.ms : 0 }
}

/** Never throws: a failing disk or a bug here must not end the trying. */
async function attempt(deps: DrainDeps, action: Action): Promise<SyncEvent> {
  try {
    return await act(deps, action)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const at = deps.now().toISOString()
    await noteContact(deps.db, { sending: false, lastProblem: { code: 'internal', message, at } }).catch(
      () => undefined,
    )
    return { type: 'failed' }
  }
}

async function act(deps: DrainDeps, action: Action): Promise<SyncEvent> {
  switch (action.do) {
    case 'look':
      return { type: 'looked', facts: await readFacts(deps) }
    case 'push':
      return pushOnce(deps, action)
    case 'pull':
      return pullOnce(deps)
    case 'hold': {
      const entry = await findByHash(deps.db, action.hash)
      if (entry !== undefined)
        await holdEntry(deps.db, entry, 'This entry alone is larger than the server takes.', deps.now())
      return { type: 'held' }
    }
    case 'sleep':
      return { type: 'slept' }
  }
}

async function readFacts({ db, now, isOnline, isVisible }: DrainDeps): Promise<Facts> {
  // One reading: this is asked after every sale.
  const { contact, waiting, enrolled } = await db.transaction('r', [db.state, db.journal], async () => {
    const till = await readTill(db)
    const waiting = till === undefined ? 0 : await countWaiting(db, till.tillId)
    return { contact: await readContact(db), waiting, enrolled: till !== undefined }
  })
  const online = isOnline()
  // What the browser knows already needs no failed attempt: a cut-off till must not look connected.
  if (!online && contact.online) await noteContact(db, { online: false, sending: false })
  const nowMs = now().getTime()
  // A clock that was set back makes the last time look like the future: then it is due.
  const since = (at: string | undefined) => {
    const ms = at === undefined ? -1 : nowMs - new Date(at).getTime()
    return ms < 0 ? Number.POSITIVE_INFINITY : ms
  }
  return {
    enrolled,
    online,
    visible: isVisible?.() ?? true,
    waiting,
    sinceAttemptMs: since(contact.lastAttemptAt),
    sincePushMs: since(contact.lastPushAt),
    sincePullMs: since(contact.lastPullAt),
  }
}
