import { zPage } from '@evertill/shared/protocol/office'
import { zSaleSummary } from '@evertill/shared/protocol/office/sales'
import { cartOf, cash, refundOf, saleOf } from '@evertill/shared/testing/builders'
import { expect, test } from 'vitest'
import { grantToOwner } from '../../test/owner.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { salesPage } from './sales.ts'

const the = usePushingTill()

const found = async (q: string) => {
  const page = await salesPage(the.sql, grantToOwner(the.shop.companyId, 'report.view'), { q })
  return zPage(zSaleSummary)
    .parse(page)
    .rows.map(({ receiptNo }) => receiptNo)
}

test('sales are found by receipt, by their goods and by their total', async () => {
  const productId = the.shop.productIds[0] ?? ''
  const sell = (receiptNo: string, line: { name: string; price: number }) => {
    const body = { ...saleOf(cartOf([{ productId, ...line }]), [cash(line.price)]), receiptNo }
    return { body, entry: the.journal.sell(body) }
  }
  const milk = sell('BED-T1-000001', { name: 'Meiji Fresh Milk 2 L', price: 123_450 })
  const oats = sell('BED-T1-000002', { name: 'Quaker Oats 100 %', price: 1200 })
  const back = {
    ...refundOf(oats.body, { saleId: oats.entry.id }),
    receiptNo: 'BED-T1-000003',
  }
  await the.push(milk.entry, oats.entry, the.journal.write('refund', back))

  expect(await found('fresh meiji')).toEqual(['BED-T1-000001'])
  expect(await found('OATS')).toEqual(['BED-T1-000003', 'BED-T1-000002'])
  expect(await found('100 %')).toEqual(['BED-T1-000003', 'BED-T1-000002'])
  expect(await found('milo-400')).toHaveLength(3)
  expect(await found('meiji oats')).toEqual([])
  for (const typed of ['1,234.50', '$1234.5', ' 1234.50 '])
    expect(await found(typed)).toEqual(['BED-T1-000001'])
  expect(await found('12')).toEqual(['BED-T1-000003', 'BED-T1-000002'])
  expect(await found('-12.00')).toEqual(['BED-T1-000003', 'BED-T1-000002'])
  expect(await found('000003')).toEqual(['BED-T1-000003'])
  expect(await found('1234.505')).toEqual([])
})
