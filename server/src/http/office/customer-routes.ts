import { zCustomerChange, zTierChange } from '@evertill/shared/protocol/office/customers'
import { zUuid } from '@evertill/shared/protocol/scalars'
import { Hono } from 'hono'
import { z } from 'zod'
import {
  changeTier,
  customer,
  customerOptions,
  customersPage,
  zCustomerCursor,
} from '../../office/customers.ts'
import { editCustomer } from '../../office/edit-customer.ts'
import { answer, formSized } from './answer.ts'
import { body, params, query, zSearch } from './input.ts'
import type { OfficeDeps } from './office-deps.ts'
import { requireOffice } from './require-office.ts'

const zCustomers = z.object({ q: zSearch.optional(), cursor: zCustomerCursor.optional() })
const oneCustomer = params(z.object({ customerId: zUuid }))

/** Under /customers. Who sees sales sees whose they are; who they are and their tiers belong to whoever manages the company. */
export function customerRoutes(deps: OfficeDeps): Hono {
  const { sql, now } = deps
  const viewing = requireOffice(deps, 'report.view')
  const managing = requireOffice(deps, 'company.manage')
  const app = new Hono()

  app.get('/', viewing, query(zCustomers), async (c) =>
    c.json(await customersPage(sql, c.var.granted, c.req.valid('query'))),
  )
  app.get('/options', viewing, async (c) => c.json(await customerOptions(sql, c.var.granted)))
  app.get('/:customerId', viewing, oneCustomer, async (c) =>
    answer(c, await customer(sql, c.var.granted, c.req.valid('param').customerId, now)),
  )
  app.put('/:customerId', formSized, managing, oneCustomer, body(zCustomerChange), async (c) =>
    answer(c, await editCustomer(deps, c.var.granted, c.req.valid('param').customerId, c.var.body), 204),
  )
  app.put('/:customerId/tier', formSized, managing, oneCustomer, body(zTierChange), async (c) =>
    answer(c, await changeTier(deps, c.var.granted, c.req.valid('param').customerId, c.var.body), 204),
  )
  return app
}
