import { minor } from '@evertill/shared/domain/money'
import { closeOf, shiftFrom } from '@evertill/shared/domain/shift'
import { newValueCode } from '@evertill/shared/domain/stored-value'
import { zToday } from '@evertill/shared/protocol/office/today'
import { cartOf, cash, giftCard, issue, saleOf } from '@evertill/shared/testing/builders'
import { v7 as uuidV7 } from 'uuid'
import { expect, test } from 'vitest'
import { grantToOwner } from '../../test/owner.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { today } from './today.ts'

const the = usePushingTill()

test('of the takings, those put on a gift card are told apart: spent, they are taken again', async () => {
  const code = newValueCode(uuidV7())
  const goods = cartOf([{ productId: the.shop.productIds[0] ?? '', price: 2000 }])
  await the.push(
    the.journal.sell(saleOf(issue(cartOf([]), { code, amount: 2000 }), [cash(2000)])),
    the.journal.sell(saleOf(goods, [giftCard(code, 2000)])),
  )
  const granted = grantToOwner(the.shop.companyId, 'report.view')
  const day = zToday.parse(await today(the.sql, granted, { date: undefined, now: the.clock.now }))
  expect(day.outlets.find(({ outletId }) => outletId === the.shop.outletId)).toMatchObject({
    sales: 2,
    total: 4000,
    issued: 2000,
  })
})

test('a drawer that was counted over or short is told with its till, on the day its shift began', async () => {
  const granted = grantToOwner(the.shop.companyId, 'report.view')
  const drawers = async () => {
    const day = zToday.parse(await today(the.sql, granted, { date: undefined, now: the.clock.now }))
    return day.outlets.flatMap(({ tills }) => tills).find(({ tillId }) => tillId === the.till.till_id)
      ?.drawers
  }
  const shift = async (counted?: number) => {
    const shiftId = uuidV7()
    const close = closeOf(
      shiftFrom(minor(5000)),
      'CASH',
      counted === undefined ? [] : [{ methodCode: 'CASH', amount: minor(counted) }],
      {},
    )
    await the.push(
      the.journal.write('shift-opened', { float: minor(5000) }, { id: shiftId }),
      the.journal.write('shift-closed', close, { shiftId }),
    )
    return shiftId
  }
  await shift(5000)
  await shift()
  expect(await drawers()).toEqual([])
  const [short, over] = [await shift(4800), await shift(5005)]
  expect(await drawers()).toEqual([
    { shiftId: over, difference: 5 },
    { shiftId: short, difference: -200 },
  ])
})

test('what was sold in no shift is told, unless the company never worked by them', async () => {
  const goods = (price: number) =>
    saleOf(cartOf([{ productId: the.shop.productIds[0] ?? '', price }]), [cash(price)])
  const granted = grantToOwner(the.shop.companyId, 'report.view')
  const unshifted = async () => {
    const day = zToday.parse(await today(the.sql, granted, { date: undefined, now: the.clock.now }))
    const outlet = day.outlets.find(({ outletId }) => outletId === the.shop.outletId)
    return outlet?.tills.find(({ tillId }) => tillId === the.till.till_id)?.unshifted
  }
  const worksByShifts = (works: boolean) =>
    the.sql`update company set works_by_shifts = ${works} where company_id = ${the.shop.companyId}`
  await the.push(the.journal.sell(goods(1500)))
  expect(await unshifted()).toEqual({ papers: 1, total: 1500 })
  await worksByShifts(false)
  expect(await unshifted()).toEqual({ papers: 0, total: 0 })

  // Whoever has had shifts is told, also after turning them off.
  const shiftId = uuidV7()
  await the.push(
    the.journal.write('shift-opened', { float: minor(0) }, { id: shiftId }),
    the.journal.write('sale', goods(700), { shiftId }),
  )
  expect(await unshifted()).toEqual({ papers: 1, total: 1500 })
})
