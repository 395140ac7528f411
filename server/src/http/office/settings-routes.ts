import { zLogo } from '@evertill/shared/protocol/logo'
import { zNewOutlet, zOutletChange } from '@evertill/shared/protocol/office/outlets'
import {
  zLoyaltySettings,
  zNewPaymentMethod,
  zOfflineLimits,
  zPaymentMethodChange,
  zPaymentMethodOrder,
  zReceiptSettings,
  zShiftSettings,
  zVersioned,
} from '@evertill/shared/protocol/office/settings'
import { zUuid } from '@evertill/shared/protocol/scalars'
import { Hono } from 'hono'
import { z } from 'zod'
import { addOutlet, editOutlet, outlets } from '../../office/outlets.ts'
import { editSettings, type Subject, settingsOf } from '../../office/settings/edit-settings.ts'
import { logo, removeLogo, setLogo } from '../../office/settings/logo.ts'
import {
  addPaymentMethod,
  editPaymentMethod,
  offerPaymentMethod,
  orderPaymentMethods,
  paymentMethods,
} from '../../office/settings/payment-methods.ts'
import { LOYALTY, OFFLINE_LIMITS, RECEIPTS, SHIFTS } from '../../office/settings/subjects.ts'
import { answer, formSized } from './answer.ts'
import { body, params } from './input.ts'
import type { OfficeDeps } from './office-deps.ts'
import { requireOffice } from './require-office.ts'

const oneOutlet = params(z.object({ outletId: zUuid }))
const oneMethod = params(z.object({ paymentMethodId: zUuid }))

/** Under /settings. */
export function settingsRoutes(deps: OfficeDeps): Hono {
  const { sql } = deps
  const managing = requireOffice(deps, 'company.manage')
  const app = new Hono()

  const subjectRoutes = <T extends object>(path: string, schema: z.ZodType<T>, subject: Subject<T>) => {
    app.get(path, managing, async (c) => c.json(await settingsOf(sql, c.var.granted, subject)))
    app.put(path, formSized, managing, body(zVersioned(schema)), async (c) =>
      answer(c, await editSettings(deps, c.var.granted, subject, c.var.body), 204),
    )
  }
  subjectRoutes('/shifts', zShiftSettings, SHIFTS)
  subjectRoutes('/offline-limits', zOfflineLimits, OFFLINE_LIMITS)
  subjectRoutes('/loyalty', zLoyaltySettings, LOYALTY)
  subjectRoutes('/receipts', zReceiptSettings, RECEIPTS)

  app.get('/logo', managing, async (c) => c.json(await logo(sql, c.var.granted)))
  app.put('/logo', formSized, managing, body(zLogo), async (c) =>
    answer(c, await setLogo(deps, c.var.granted, c.var.body), 204),
  )
  app.delete('/logo', formSized, managing, async (c) => answer(c, await removeLogo(deps, c.var.granted), 204))

  app.get('/outlets', managing, async (c) => c.json({ rows: await outlets(sql, c.var.granted) }))
  app.post('/outlets', formSized, managing, body(zNewOutlet), async (c) =>
    answer(c, await addOutlet(deps, c.var.granted, c.var.body), 201),
  )
  app.put('/outlets/:outletId', formSized, managing, oneOutlet, body(zOutletChange), async (c) =>
    answer(c, await editOutlet(deps, c.var.granted, c.req.valid('param').outletId, c.var.body), 204),
  )

  app.get('/payment-methods', managing, async (c) =>
    c.json({ rows: await paymentMethods(sql, c.var.granted) }),
  )
  app.post('/payment-methods', formSized, managing, body(zNewPaymentMethod), async (c) =>
    answer(c, await addPaymentMethod(deps, c.var.granted, c.var.body), 201),
  )
  app.put('/payment-methods/order', formSized, managing, body(zPaymentMethodOrder), async (c) =>
    answer(c, await orderPaymentMethods(deps, c.var.granted, c.var.body.paymentMethodIds), 204),
  )
  app.put(
    '/payment-methods/:paymentMethodId',
    formSized,
    managing,
    oneMethod,
    body(zPaymentMethodChange),
    async (c) =>
      answer(
        c,
        await editPaymentMethod(deps, c.var.granted, c.req.valid('param').paymentMethodId, c.var.body),
        204,
      ),
  )
  for (const [path, offered] of [
    ['retire', false],
    ['bring-back', true],
  ] as const)
    app.post(`/payment-methods/:paymentMethodId/${path}`, formSized, managing, oneMethod, async (c) => {
      const { paymentMethodId } = c.req.valid('param')
      return answer(c, await offerPaymentMethod(deps, c.var.granted, paymentMethodId, offered), 204)
    })
  return app
}
