import type { z } from 'zod'
import { noteServerTime } from '../store/contact.ts'
import type { Till } from '../store/till.ts'
import type { TillDatabase } from '../store/till-database.ts'
import { type Answer, readAnswer } from './answer.ts'
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
 * by the server's time, once: a wrong clock never locks a till out.
 */
export async function requestAsTill<T>(
  deps: RequestDeps,
  till: Till,
  clockOffsetMs: number,
  request: TillRequest<T>,
): Promise<Answer<T>> {
  const first = await send(deps, till, clockOffsetMs, request)
  if (first.answer.code !== 'refused' || first.answer.problem.code !== 'token-stale') return first.answer
  return (await send(deps, till, first.offsetMs, request)).answer
}

async function send<T>(
  { db, fetch, now, sleep }: RequestDeps,
  till: Till,
  offsetMs: number,
  { method, path, headers, body = new Uint8Array(), schema, giveUpMs = GIVE_UP_MS }: TillRequest<T>,
): Promise<{ answer: Answer<T>; offsetMs: number }> {
  const token = await signToken(till, { method, path, body, at: now().getTime() + offsetMs })
  const gone = new AbortController()
  const answered = new AbortController()
  void sleep(giveUpMs, answered.signal).then(() => gone.abort())
  const sentAt = now().getTime()
  let answer: Answer<T>
  try {
    const response = await fetch(path, {
      method,
      headers: { ...headers, authorization: `Bearer ${token}` },
      ...(method === 'POST' && { body }),
      signal: gone.signal,
      cache: 'no-store',
    })
    answer = await readAnswer<T & { serverTime: string }>(response, schema)
  } catch (error) {
    // fetch and its body throw for whatever breaks on the way; none of it says whether the server acted.
    answer = { code: 'offline', message: error instanceof Error ? error.message : String(error) }
  } finally {
    answered.abort()
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
