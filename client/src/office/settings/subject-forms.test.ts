import { expect, test } from 'vitest'
import {
  loyaltyValues,
  newTier,
  offlineValues,
  readLoyaltyValues,
  readOfflineValues,
  readReceiptValues,
  readShiftValues,
  receiptValues,
  shiftValues,
} from './subject-forms.ts'

const SGD = 'SGD'
const id = (n: number) => `019a0000-0000-7000-8000-00000000000${n}`
const LOYALTY = {
  minorPerPoint: 1000,
  pointValue: 10,
  tiers: [
    { tierId: id(1), name: 'Bronze', multiplierPpm: 1_000_000, spendFrom: 0 as never },
    { tierId: id(2), name: 'Gold', multiplierPpm: 1_250_000, spendFrom: 50_000 as never },
  ],
}
const RECEIPTS = {
  companyName: 'Kaya & Kopi',
  header: null,
  footer: 'Thank you',
  gstRegistrationNo: '201912345K',
  language: 'en' as const,
}
const errorsOf = (read: { ok: boolean; errors?: Record<string, string> }) => read.errors

test('what is shown and saved again unchanged is the same', () => {
  const shifts = {
    worksByShifts: true,
    blindCount: true,
    varianceLimit: 500 as never,
    voidWindowMinutes: null,
  }
  expect(readShiftValues(shiftValues(shifts, SGD), SGD)).toEqual({ ok: true, settings: shifts })
  const limits = { points: 1200, value: 5000 as never }
  expect(readOfflineValues(offlineValues(limits, SGD), SGD)).toEqual({ ok: true, settings: limits })
  expect(readLoyaltyValues(loyaltyValues(LOYALTY, SGD), SGD)).toEqual({ ok: true, settings: LOYALTY })
  expect(readReceiptValues(receiptValues(RECEIPTS), SGD)).toEqual({ ok: true, settings: RECEIPTS })
})

test('what is left empty is none where that means something, and has to be filled in elsewhere', () => {
  expect(
    readShiftValues(
      { worksByShifts: false, blindCount: false, varianceLimit: ' ', voidWindowMinutes: '' },
      SGD,
    ),
  ).toEqual({
    ok: true,
    settings: { worksByShifts: false, blindCount: false, varianceLimit: null, voidWindowMinutes: null },
  })
  const nothing = { ...loyaltyValues(LOYALTY, SGD), minorPerPoint: '', pointValue: '' }
  expect(readLoyaltyValues(nothing, SGD)).toMatchObject({ settings: { minorPerPoint: 0, pointValue: 0 } })
  expect(loyaltyValues({ ...LOYALTY, pointValue: 0 }, SGD).pointValue).toBe('')
  expect(errorsOf(readOfflineValues({ points: '', value: '' }, SGD))).toEqual({
    points: 'Fill this in',
    value: 'Fill this in',
  })
})

test('what is wrong is said beside its field, once', () => {
  expect(
    errorsOf(
      readShiftValues(
        { worksByShifts: true, blindCount: true, varianceLimit: 'much', voidWindowMinutes: '2000' },
        SGD,
      ),
    ),
  ).toEqual({ varianceLimit: 'Type an amount, such as 5.00', voidWindowMinutes: 'That is too much' })
  const { tiers, ...rest } = loyaltyValues(LOYALTY, SGD)
  const [bronze, gold] = tiers
  if (bronze === undefined || gold === undefined) throw new Error('there are two tiers')
  const wrong = {
    ...rest,
    tiers: [bronze, { ...gold, name: 'bronze', multiplierPpm: '1,5', spendFrom: '0' }],
  }
  expect(errorsOf(readLoyaltyValues(wrong, SGD))).toEqual({
    'tiers.1.name': 'Is the name of another tier',
    'tiers.1.multiplierPpm': 'Type a number, such as 1.5',
    'tiers.1.spendFrom': 'Must be more than the tier before it',
  })
  const odd = { ...receiptValues(RECEIPTS), gstRegistrationNo: 'to come' }
  expect(Object.keys(errorsOf(readReceiptValues(odd, SGD)) ?? {})).toEqual(['gstRegistrationNo'])
})

test('a tier is saved where its spend belongs, and what is wrong with it is said where it was typed', () => {
  const { tiers, ...rest } = loyaltyValues(LOYALTY, SGD)
  const silver = { ...newTier(id(4)), name: 'Silver', multiplierPpm: '1.1', spendFrom: '200' }
  const save = (added: object) =>
    readLoyaltyValues({ ...rest, tiers: [...tiers, { ...silver, ...added }] }, SGD)
  expect(save({})).toMatchObject({
    settings: { tiers: [{ name: 'Bronze' }, { name: 'Silver', multiplierPpm: 1_100_000 }, { name: 'Gold' }] },
  })
  expect(errorsOf(save({ name: ' ' }))).toEqual({ 'tiers.2.name': 'Fill this in' })
  expect(errorsOf(save({ spendFrom: '0' }))).toEqual({
    'tiers.2.spendFrom': 'Must be more than the tier before it',
  })
  expect(errorsOf(save({ spendFrom: '' }))).toEqual({ 'tiers.2.spendFrom': 'Fill this in' })
})

test('a tier that was removed is not saved, and may leave its name to another', () => {
  const { tiers, ...rest } = loyaltyValues(LOYALTY, SGD)
  const [bronze, gold] = tiers
  if (bronze === undefined || gold === undefined) throw new Error('there are two tiers')
  const next = { ...newTier(id(4)), name: 'Gold', spendFrom: '900' }
  const saved = readLoyaltyValues({ ...rest, tiers: [bronze, { ...gold, removed: true }, next] }, SGD)
  expect(saved).toMatchObject({ settings: { tiers: [{ tierId: id(1) }, { tierId: id(4), name: 'Gold' }] } })
})

test('a multiplier is read digit by digit, and one too fine is refused', () => {
  const read = (multiplierPpm: string) =>
    readLoyaltyValues(
      {
        minorPerPoint: '10',
        pointValue: '',
        tiers: [{ tierId: id(1), name: 'A', multiplierPpm, spendFrom: '0' }],
      },
      SGD,
    )
  expect(read('1.1')).toMatchObject({ settings: { tiers: [{ multiplierPpm: 1_100_000 }] } })
  expect(read('0.000001')).toMatchObject({ settings: { tiers: [{ multiplierPpm: 1 }] } })
  expect(errorsOf(read('1.0000001'))).toEqual({ 'tiers.0.multiplierPpm': 'At most 6 decimals' })
})

test('a comma stands between thousands and nowhere else: one and a half is no fifteen', () => {
  const points = (typed: string) => readOfflineValues({ points: typed, value: '5' }, SGD)
  expect(points('1,500')).toMatchObject({ settings: { points: 1500 } })
  for (const typed of ['1,5', '15,00', ',5', '1,500,0'])
    expect(errorsOf(points(typed))).toEqual({ points: 'Type a whole number' })
})
