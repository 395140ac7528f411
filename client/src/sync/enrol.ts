import { type EnrolRequest, type EnrolResponse, zEnrolResponse } from '@evertill/shared/protocol/enrol'
import type { Problem } from '@evertill/shared/protocol/problem'
import type { StorageKind } from '@evertill/shared/protocol/push'
import { noteServerTime } from '../store/contact.ts'
import { becomeTill, enrolmentKey, entriesInTheWay } from '../store/enrolment.ts'
import { writeState } from '../store/state.ts'
import type { Till } from '../store/till.ts'
import { storageProblem, type TillDatabase } from '../store/till-database.ts'
import { type Answer, readAnswer } from './answer.ts'
import { pullOnce } from './pull-once.ts'
import type { Fetch } from './request.ts'
import { askStorage, type StorageEstimated } from './storage-kind.ts'

export interface EnrolInput {
  readonly code: string
  readonly fetch: Fetch
  readonly now: () => Date
  /** `navigator.storage.persist()`. */
  readonly persist: () => Promise<boolean>
  readonly estimate?: () => Promise<StorageEstimated>
  readonly appVersion: string
}

export type EnrolOutcome =
  | {
      readonly code: 'enrolled'
      readonly till: Till
      /** `ephemeral`: likely a private window, which forgets its sales when it is closed. Say so. */
      readonly storage: StorageKind
      /** Whether the catalogue is here already; if not, sync fetches it. */
      readonly pulled: boolean
    }
  | {
      readonly code: Problem['code'] | 'offline' | 'no-persistence'
      readonly message: string
      readonly fields?: readonly { path: string; message: string }[]
    }

/** Turns this browser profile into a till. Safe to repeat with the same code when the answer was lost. */
export async function enrol(db: TillDatabase, input: EnrolInput): Promise<EnrolOutcome> {
  try {
    return await enrolWith(db, input)
  } catch (error) {
    const problem = storageProblem(error)
    if (problem === undefined) throw error
    return {
      code: 'no-persistence',
      message: `This browser does not let Evertill store sales, so it cannot be a till (${problem.message}).`,
    }
  }
}

async function enrolWith(db: TillDatabase, input: EnrolInput): Promise<EnrolOutcome> {
  const { now } = input
  const unsent = await entriesInTheWay(db)
  if (unsent > 0) return unsentFirst(unsent)
  const { persisted, ...storage } = await askStorage(input)
  const key = await enrolmentKey(db)
  const { kty, crv, x, y } = key.publicKey
  const sentAt = now().getTime()
  const answer = await send(input.fetch, {
    code: input.code,
    publicKey: { kty, crv, x, y } as EnrolRequest['publicKey'],
    persisted,
    appVersion: input.appVersion,
  })
  if (answer.code === 'refused') {
    const { code, message, fields } = answer.problem
    return { code, message, ...(fields && { fields }) }
  }
  if (answer.code !== 'answered') return { code: 'offline', message: answer.message }

  const receivedAt = now().getTime()
  const till = await becomeTill(db, answer.body, key, { persisted, now: now() })
  if (till === undefined) return unsentFirst(await entriesInTheWay(db))
  await writeState(db, 'storage', storage)
  const offsetMs = new Date(answer.body.serverTime).getTime() - (sentAt + receivedAt) / 2
  await noteServerTime(db, answer.body.serverTime, offsetMs, Math.abs(receivedAt - sentAt) / 2)
  const pulled = await pullOnce({ db, fetch: input.fetch, now, sleep: never, appVersion: input.appVersion })
  return {
    code: 'enrolled',
    till,
    storage: storage.kind,
    pulled: pulled.type === 'pulled',
  }
}

const unsentFirst = (unsent: number): EnrolOutcome => ({
  code: 'conflict',
  message: `This till still holds ${unsent} ${unsent === 1 ? 'entry' : 'entries'} that head office has not received. Connect it and let them go first; or save them to a file and stop using this till, both on its health page.`,
})

/** A person is watching and can give up by themselves. */
const never = (_ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))

async function send(fetch: Fetch, request: EnrolRequest): Promise<Answer<EnrolResponse>> {
  try {
    const response = await fetch('/api/enrol', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    })
    return await readAnswer(response, zEnrolResponse)
  } catch (error) {
    return { code: 'offline', message: error instanceof Error ? error.message : String(error) }
  }
}
