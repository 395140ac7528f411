import {
  zNewPromotion,
  zPromotionChange,
  zPromotionDraft,
  zPromotionEnd,
  zPromotionState,
} from '@evertill/shared/protocol/office/promotions'
import { zUuid } from '@evertill/shared/protocol/scalars'
import { Hono } from 'hono'
import { z } from 'zod'
import {
  addPromotion,
  editPromotion,
  promotion,
  promotionOptions,
  promotionsPage,
  review,
  stopPromotion,
  zPromotionCursor,
} from '../../office/promotions.ts'
import { answer, formSized } from './answer.ts'
import { body, params, query, zSearch } from './input.ts'
import type { OfficeDeps } from './office-deps.ts'
import { requireOffice } from './require-office.ts'

const zPromotions = z.object({
  q: zSearch.optional(),
  state: zPromotionState.optional(),
  cursor: zPromotionCursor.optional(),
})
const onePromotion = params(z.object({ promotionId: zUuid }))

/** Under /promotions. */
export function promotionRoutes(deps: OfficeDeps): Hono {
  const { sql, now } = deps
  const viewing = requireOffice(deps, 'catalogue.view')
  const editing = requireOffice(deps, 'catalogue.edit')
  const app = new Hono()

  app.get('/', viewing, query(zPromotions), async (c) =>
    c.json(await promotionsPage(sql, c.var.granted, c.req.valid('query'), now)),
  )
  app.get('/options', viewing, async (c) => c.json(await promotionOptions(sql, c.var.granted, now)))
  app.post('/review', formSized, viewing, body(zPromotionDraft), async (c) =>
    c.json(await review(sql, c.var.granted, c.var.body, now)),
  )
  app.get('/:promotionId', viewing, onePromotion, async (c) =>
    answer(c, await promotion(sql, c.var.granted, c.req.valid('param').promotionId, now)),
  )
  app.post('/', formSized, editing, body(zNewPromotion), async (c) =>
    answer(c, await addPromotion(deps, c.var.granted, c.var.body), 201),
  )
  app.put('/:promotionId', formSized, editing, onePromotion, body(zPromotionChange), async (c) =>
    answer(c, await editPromotion(deps, c.var.granted, c.req.valid('param').promotionId, c.var.body), 204),
  )
  app.post('/:promotionId/end', formSized, editing, onePromotion, body(zPromotionEnd), async (c) => {
    const { promotionId } = c.req.valid('param')
    return answer(c, await stopPromotion(deps, c.var.granted, promotionId, c.var.body.version), 204)
  })
  return app
}
