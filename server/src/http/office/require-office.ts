import type { Permission } from '@evertill/shared/domain/permission'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { type Grant, grant } from '../../office/grant.ts'
import { type OfficeUser, officeUser } from '../../office/office-user.ts'
import { refuse } from '../problem.ts'
import type { OfficeDeps } from './office-deps.ts'

/** Lets a signed-in person through, whatever they may do. */
export const requireSignedIn = (deps: OfficeDeps) =>
  createMiddleware<{ Variables: { user: OfficeUser } }>(async (c, next) => {
    const user = await signedInUser(c, deps)
    if (user === undefined) return refuse(c, signInFirst)
    c.set('user', user)
    return await next()
  })

/** Lets a person with the permission through, and hands on the proof of it that queries ask for. */
export const requireOffice = <P extends Permission>(deps: OfficeDeps, permission: P) =>
  createMiddleware<{ Variables: { granted: Grant<P> } }>(async (c, next) => {
    const user = await signedInUser(c, deps)
    if (user === undefined) return refuse(c, signInFirst)
    const granted = grant(user, permission)
    if (granted === undefined) {
      return refuse(c, {
        code: 'forbidden',
        message: `This needs the permission “${permission}”, which your role does not have.`,
      })
    }
    c.set('granted', granted)
    return await next()
  })

const signInFirst = { code: 'unauthenticated', message: 'Sign in to head office first.' } as const

async function signedInUser(c: Context, { sql, auth }: OfficeDeps): Promise<OfficeUser | undefined> {
  const session = await auth.signedIn(c.req.raw.headers)
  if (session === undefined) return undefined
  for (const cookie of session.setCookies) c.header('set-cookie', cookie, { append: true })
  return officeUser(sql, session.userId)
}
