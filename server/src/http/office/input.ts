import { zTypedText } from '@evertill/shared/protocol/scalars'
import { createMiddleware } from 'hono/factory'
import { validator } from 'hono/validator'
import type { z } from 'zod'
import { badRequest, refuse } from '../problem.ts'

/** The query string, parsed. A parameter left empty counts as left out. */
export const query = <S extends z.ZodType>(schema: S) =>
  validator('query', (value, c) => {
    const given = Object.fromEntries(Object.entries(value).filter(([, text]) => text !== ''))
    const parsed = schema.safeParse(given)
    return parsed.success
      ? parsed.data
      : refuse(c, badRequest(parsed.error, 'The address has wrong parameters.'))
  })

/** The parameters in the path, parsed. */
export const params = <S extends z.ZodType>(schema: S) =>
  validator('param', (value, c) => {
    const parsed = schema.safeParse(value)
    return parsed.success ? parsed.data : refuse(c, badRequest(parsed.error, 'The address is not complete.'))
  })

/** The JSON body, parsed, whatever content type it says it is. */
export const body = <S extends z.ZodType>(schema: S) =>
  createMiddleware<{ Variables: { body: z.output<S> } }>(async (c, next) => {
    const parsed = schema.safeParse(await c.req.json().catch(() => undefined))
    if (!parsed.success) return refuse(c, badRequest(parsed.error))
    c.set('body', parsed.data)
    return await next()
  })

export const zSearch = zTypedText(100)
