import { zImportFormat } from '@evertill/shared/protocol/office/product-import'
import { zProductChange, zProductSettings, zTypedProduct } from '@evertill/shared/protocol/office/products'
import { zVersioned } from '@evertill/shared/protocol/office/settings'
import { zUuid } from '@evertill/shared/protocol/scalars'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { importProducts } from '../../office/import/import-products.ts'
import { PRODUCT_SETTINGS } from '../../office/product-settings.ts'
import {
  addProduct,
  editProduct,
  product,
  productOptions,
  productsPage,
  removeProduct,
  zProductCursor,
} from '../../office/products.ts'
import { editSettings, settingsOf } from '../../office/settings/edit-settings.ts'
import { tooLarge } from '../problem.ts'
import { answer, formSized } from './answer.ts'
import { body, params, query, zSearch } from './input.ts'
import type { OfficeDeps } from './office-deps.ts'
import { requireOffice } from './require-office.ts'

const mostImportBytes = 20_000_000
const importSized = bodyLimit({ maxSize: mostImportBytes, onError: tooLarge(mostImportBytes) })

const zProducts = z.object({ q: zSearch.optional(), cursor: zProductCursor.optional() })
const zImport = z.object({
  format: zImportFormat.default('auto'),
  commit: z.stringbool().default(false),
  outletId: zUuid.optional(),
})
const oneProduct = params(z.object({ productId: zUuid }))

/** Under /products. */
export function productRoutes(deps: OfficeDeps): Hono {
  const { sql } = deps
  const viewing = requireOffice(deps, 'catalogue.view')
  const editing = requireOffice(deps, 'catalogue.edit')
  const app = new Hono()

  app.get('/', viewing, query(zProducts), async (c) =>
    c.json(await productsPage(sql, c.var.granted, c.req.valid('query'))),
  )
  app.get('/options', viewing, async (c) => c.json(await productOptions(sql, c.var.granted)))
  app.get('/settings', viewing, async (c) => c.json(await settingsOf(sql, c.var.granted, PRODUCT_SETTINGS)))
  app.put('/settings', formSized, editing, body(zVersioned(zProductSettings)), async (c) =>
    answer(c, await editSettings(deps, c.var.granted, PRODUCT_SETTINGS, c.var.body), 204),
  )
  app.get('/:productId', viewing, oneProduct, async (c) =>
    answer(c, await product(sql, c.var.granted, c.req.valid('param').productId)),
  )
  app.post('/', formSized, editing, body(zTypedProduct), async (c) =>
    answer(c, await addProduct(deps, c.var.granted, c.var.body), 201),
  )
  app.post('/import', importSized, editing, query(zImport), async (c) => {
    const file = new Uint8Array(await c.req.arrayBuffer())
    return answer(c, await importProducts(deps, c.var.granted, file, c.req.valid('query')))
  })
  app.put('/:productId', formSized, editing, oneProduct, body(zProductChange), async (c) =>
    answer(c, await editProduct(deps, c.var.granted, c.req.valid('param').productId, c.var.body), 204),
  )
  app.delete('/:productId', formSized, editing, oneProduct, async (c) =>
    answer(c, await removeProduct(deps, c.var.granted, c.req.valid('param').productId), 204),
  )
  return app
}
