import { zNewRole, zRoleChange } from '@evertill/shared/protocol/office/roles'
import { zNewSignIn, zSignInChange } from '@evertill/shared/protocol/office/sign-ins'
import { zNewPin, zNewStaff, zStaffChange, zStaffReturn } from '@evertill/shared/protocol/office/staff'
import { zUuid } from '@evertill/shared/protocol/scalars'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { z } from 'zod'
import { addRole, editRole, removeRole, roles } from '../../office/people/roles.ts'
import { addSignIn, editSignIn, makePassword, removeSignIn, signIns } from '../../office/people/sign-ins.ts'
import { addStaff, bringBack, editStaff, retire, setPin, staff } from '../../office/people/staff.ts'
import { answer, formSized } from './answer.ts'
import { body, params } from './input.ts'
import type { OfficeDeps } from './office-deps.ts'
import { requireOffice } from './require-office.ts'

const onePerson = params(z.object({ staffId: zUuid }))
const oneSignIn = params(z.object({ signInId: zUuid }))
const oneRole = params(z.object({ roleId: zUuid }))

/** What answers with a password is for the one who asked, and for nothing that keeps answers. */
const notKept = createMiddleware(async (c, next) => {
  await next()
  c.header('cache-control', 'no-store')
})

/** Under /staff: who is at the tills, who signs in to head office, and what their roles may do. */
export function staffRoutes(deps: OfficeDeps): Hono {
  const { sql } = deps
  const managing = requireOffice(deps, 'staff.manage')
  const app = new Hono()

  app.get('/roles', managing, async (c) => c.json({ rows: await roles(sql, c.var.granted) }))
  app.post('/roles', formSized, managing, body(zNewRole), async (c) =>
    answer(c, await addRole(deps, c.var.granted, c.var.body), 201),
  )
  app.put('/roles/:roleId', formSized, managing, oneRole, body(zRoleChange), async (c) =>
    answer(c, await editRole(deps, c.var.granted, c.req.valid('param').roleId, c.var.body), 204),
  )
  app.delete('/roles/:roleId', formSized, managing, oneRole, async (c) =>
    answer(c, await removeRole(deps, c.var.granted, c.req.valid('param').roleId), 204),
  )

  app.get('/sign-ins', managing, async (c) => c.json({ rows: await signIns(sql, c.var.granted) }))
  app.post('/sign-ins', notKept, formSized, managing, body(zNewSignIn), async (c) =>
    answer(c, await addSignIn(deps, c.var.granted, c.var.body), 201),
  )
  app.put('/sign-ins/:signInId', formSized, managing, oneSignIn, body(zSignInChange), async (c) =>
    answer(c, await editSignIn(deps, c.var.granted, c.req.valid('param').signInId, c.var.body), 204),
  )
  app.post('/sign-ins/:signInId/password', notKept, formSized, managing, oneSignIn, async (c) =>
    answer(c, await makePassword(deps, c.var.granted, c.req.valid('param').signInId), 201),
  )
  app.delete('/sign-ins/:signInId', formSized, managing, oneSignIn, async (c) =>
    answer(c, await removeSignIn(deps, c.var.granted, c.req.valid('param').signInId), 204),
  )

  app.get('/', managing, async (c) => c.json({ rows: await staff(sql, c.var.granted) }))
  app.post('/', formSized, managing, body(zNewStaff), async (c) =>
    answer(c, await addStaff(deps, c.var.granted, c.var.body), 201),
  )
  app.put('/:staffId', formSized, managing, onePerson, body(zStaffChange), async (c) =>
    answer(c, await editStaff(deps, c.var.granted, c.req.valid('param').staffId, c.var.body), 204),
  )
  app.put('/:staffId/pin', formSized, managing, onePerson, body(zNewPin), async (c) =>
    answer(c, await setPin(deps, c.var.granted, c.req.valid('param').staffId, c.var.body), 204),
  )
  app.post('/:staffId/retire', formSized, managing, onePerson, async (c) =>
    answer(c, await retire(deps, c.var.granted, c.req.valid('param').staffId), 204),
  )
  app.post('/:staffId/bring-back', formSized, managing, onePerson, body(zStaffReturn), async (c) =>
    answer(c, await bringBack(deps, c.var.granted, c.req.valid('param').staffId, c.var.body), 204),
  )
  return app
}
