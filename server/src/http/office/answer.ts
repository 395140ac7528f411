import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { isRefused, type Refused } from '../../office/refused.ts'
import { refuse, tooLarge } from '../problem.ts'

/** Answers with what the office says, or with its refusal. */
export function answer(
  c: Context,
  result: object | undefined | Refused,
  status: 200 | 201 | 204 = 200,
): Response {
  if (isRefused(result)) return refuse(c, result.refused)
  return result === undefined || status === 204 ? c.body(null, 204) : c.json(result, status)
}

const mostBytes = 200_000

/** For changes that people type: no form is larger. */
export const formSized = bodyLimit({ maxSize: mostBytes, onError: tooLarge(mostBytes) })
