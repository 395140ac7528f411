import type { z } from 'zod'
import { noteServerTime } from '../store/contact.ts'
import type { Till } from '../store/till.ts'
import type { TillDatabase } from '../store/till-database.ts'
import { type Answer, readAnswer } from './answer.ts'
import { enrolAgain } from './enrol-again.ts'
import { signToken } from './token.ts'

/** What sync needs of `fetch`: paths are relative to the origin. */
export type Fetch = (path: string, init: RequestInit) => Promise<Response>

export interface RequestDeps {
  readonly db: TillDatabase
  readonly fetch: Fetch
  readonly now: () => Date
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

export interface TillRequest<T> {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: { readonly [name: string]: string }
  readonly body?: Uint8Array<ArrayBuffer>
  readonly schema: z.ZodType<T & { serverTime: string }>
  /** Somebody stands and waits for the answer. */
  readonly giveUpMs?: number
}

/** A request that hangs must not hang the till's sync with it. */
const GIVE_UP_MS = 60_000

/**
 * Sends one signed request and measures the clock by its answer. A token that the server finds stale is signed again
 * by the server's time, once: a wrong clock never locks a till out. Nor does a server that has forgotten the till.
 */
export async function requestAsTill<T>(
  deps: RequestDeps,
  till: Till,
  clockOffsetMs: number,
  request: TillRequest<T>,
): Promise<Answer<T>> {
  const first = await send(deps, till, clockOffsetMs, request)
  if (first.answer.code !== 'refused') return first.answer
  const { code } = first.answer.problem
  const isKnownNow =
    code === 'unauthenticated' &&
    (await inTime(deps, request.giveUpMs, (signal) =>
      enrolAgain((path, init) => deps.fetch(path, { ...init, signal }), till),
    ))
  if (code !== 'token-stale' && !isKnownNow) return first.answer
  return (await send(deps, till, first.offsetMs, request)).answer
}

class TooSlow extends Error {}

/** Runs what takes a signal; it is raised when `giveUpMs` have passed. */
async function inTime<T>(
  { sleep }: RequestDeps,
  giveUpMs = GIVE_UP_MS,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const gone = new AbortController()
  const over = new AbortController()
  void sleep(giveUpMs, over.signal).then(() => gone.abort())
  try {
    return await run(gone.signal)
  } catch (error) {
    throw gone.signal.aborted ? new TooSlow('No answer came in time.') : error
  } finally {
    over.abort()
  }
}

async function send<T>(
  deps: RequestDeps,
  till: Till,
  offsetMs: number,
  { method, path, headers, body = new Uint8Array(), schema, giveUpMs }: TillRequest<T>,
): Promise<{ answer: Answer<T>; offsetMs: number }> {
  const { db, fetch, now } = deps
  const token = await signToken(till, { method, path, body, at: now().getTime() + offsetMs })
  const sentAt = now().getTime()
  let answer: Answer<T>
  try {
    answer = await inTime(deps, giveUpMs, async (signal) => {
      const response = await fetch(path, {
        method,
        headers: { ...headers, authorization: `Bearer ${token}` },
        ...(method === 'POST' && { body }),
        signal,
        cache: 'no-store',
      })
      return readAnswer<T & { serverTime: string }>(response, schema)
    })
  } catch (error) {
    // fetch and its body throw for whatever breaks on the way; none of it says whether the server acted.
    const code = error instanceof TooSlow ? 'too-slow' : 'offline'
    answer = { code, message: error instanceof Error ? error.message : String(error) }
  }
  const serverTime = serverTimeOf(answer)
  if (serverTime === undefined) return { answer, offsetMs }
  const receivedAt = now().getTime()
  const measuredMs = Math.round(new Date(serverTime).getTime() - (sentAt + receivedAt) / 2)
  await noteServerTime(db, serverTime, measuredMs, Math.abs(receivedAt - sentAt) / 2)
  return { answer, offsetMs: measuredMs }
}

function serverTimeOf(answer: Answer<unknown>): string | undefined {
  if (answer.code === 'refused') return answer.problem.serverTime
  return answer.code === 'answered' ? (answer.body as { serverTime: string }).serverTime : undefined
}
