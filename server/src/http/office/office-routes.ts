import { zFirstRun } from '@evertill/shared/protocol/office'
import { Hono } from 'hono'
import { firstRun, isFirstRunNeeded } from '../../office/founding/first-run.ts'
import { officeSession } from '../../office/office-user.ts'
import { paymentMethodNames } from '../../office/settings/payment-methods.ts'
import { outletOptions } from '../../office/today.ts'
import { answer, formSized } from './answer.ts'
import { customerRoutes } from './customer-routes.ts'
import { emailRoutes } from './email-routes.ts'
import { body } from './input.ts'
import type { OfficeDeps } from './office-deps.ts'
import { ownOriginOnly } from './own-origin.ts'
import { productRoutes } from './product-routes.ts'
import { promotionRoutes } from './promotion-routes.ts'
import { reportRoutes } from './report-routes.ts'
import { requireSignedIn } from './require-office.ts'
import { rescueRoutes } from './rescue-routes.ts'
import { settingsRoutes } from './settings-routes.ts'
import { shiftRoutes } from './shift-routes.ts'
import { staffRoutes } from './staff-routes.ts'
import { tillRoutes } from './till-routes.ts'

/** Under /api/office: see protocol/office. */
export function officeRoutes(deps: OfficeDeps): Hono {
  const { sql } = deps
  const signedIn = requireSignedIn(deps)
  const app = new Hono().use(ownOriginOnly(deps))
  app.get('/first-run', async (c) => c.json({ needed: await isFirstRunNeeded(sql) }))
  app.post('/first-run', formSized, body(zFirstRun), async (c) =>
    answer(c, (await firstRun(deps, c.var.body, deps.config.setupCode)) ?? {}, 201),
  )
  app.get('/session', signedIn, (c) => c.json(officeSession(c.var.user)))
  app.get('/outlets', signedIn, async (c) => c.json({ rows: await outletOptions(sql, c.var.user) }))
  app.get('/payment-methods', signedIn, async (c) =>
    c.json({ rows: await paymentMethodNames(sql, c.var.user) }),
  )
  app.route('/', reportRoutes(deps))
  app.route('/shifts', shiftRoutes(deps))
  app.route('/customers', customerRoutes(deps))
  app.route('/emails', emailRoutes(deps))
  app.route('/tills/rescue', rescueRoutes(deps))
  app.route('/tills', tillRoutes(deps))
  app.route('/products', productRoutes(deps))
  app.route('/promotions', promotionRoutes(deps))
  app.route('/staff', staffRoutes(deps))
  app.route('/settings', settingsRoutes(deps))
  return app
}
