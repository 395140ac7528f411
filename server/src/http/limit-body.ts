import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { tooLarge } from './problem.ts'

/**
 * Turns away bodies of more than `limit` bytes. Hono's own asks for the body as a stream first, which costs more
 * than all the rest of reading a small one; where the length is said, HTTP itself holds the sender to it.
 */
export function limitBody(limit: number): MiddlewareHandler {
  const counted = bodyLimit({ maxSize: limit, onError: tooLarge(limit) })
  return async (c, next) => {
    const length = c.req.header('content-length')
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return counted(c, next)
    return Number(length) <= limit ? await next() : tooLarge(limit)(c)
  }
}
