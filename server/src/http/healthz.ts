import { Hono } from 'hono'
import { isAnswering } from '../db/is-answering.ts'
import type { AppDeps } from './app-deps.ts'
import { refuse } from './problem.ts'

const patienceMs = 2_000

/** 200 while the database answers, else 503. */
export const healthz = ({ sql }: AppDeps) =>
  new Hono().get('/', async (c) => {
    if (await isAnswering(sql, patienceMs)) return c.json({ status: 'ok' })
    return refuse(c, { code: 'unavailable', message: 'The database does not answer.' })
  })
