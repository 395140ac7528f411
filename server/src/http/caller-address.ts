import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import type { AppConfig } from './app-deps.ts'

/** The address the request came from: the proxy's word for it only where a proxy is configured. */
export function callerAddress(c: Context, config: AppConfig): string {
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
  return (config.trustProxy && forwarded) || peerAddress(c)
}

/** The other end of the connection; empty where there is none, as in app.request() of a test. */
export function peerAddress(c: Context): string {
  if (!(c.env && 'incoming' in c.env)) return ''
  return getConnInfo(c).remote.address ?? ''
}
