import { USUAL_SCALE_LABELS } from '@evertill/shared/domain/scale-label'
import { expect, test } from 'vitest'
import { labelPicture, readSettings, type SettingsValues, settingsValues } from './settings-form.ts'

const roleId = '019a0000-0000-7000-8000-000000000001'
const settings = {
  scaleLabels: [...USUAL_SCALE_LABELS],
  roleLimits: [{ roleId, role: 'Cashier', mostOpenPrice: 5000 as never, mostDiscountPpm: 125_000 as never }],
}
const values = (change: Partial<SettingsValues> = {}) => ({ ...settingsValues(settings, 'SGD'), ...change })
const label = { prefix: '20', carries: 'price' as const, itemDigits: '5', decimals: '2', verified: true }

test('settings are shown and saved back unchanged', () => {
  expect(readSettings(values(), 'SGD')).toEqual({ ok: true, settings })
})

test('an empty limit is none, and a count has no decimals', () => {
  const read = readSettings(
    values({
      labels: [{ ...label, carries: 'count', verified: false, decimals: '3' }],
      limits: [{ roleId, role: 'Cashier', openPrice: ' ', discount: '' }],
    }),
    'SGD',
  )
  expect(read).toMatchObject({
    ok: true,
    settings: {
      scaleLabels: [{ decimals: 0 }],
      roleLimits: [{ mostOpenPrice: null, mostDiscountPpm: null }],
    },
  })
})

test('what is wrong is said where it stands', () => {
  const read = readSettings(
    values({
      labels: [
        { ...label, itemDigits: '7' },
        { ...label, verified: false },
        { ...label, verified: false },
      ],
      limits: [{ roleId, role: 'Cashier', openPrice: 'much', discount: '101' }],
    }),
    'SGD',
  )
  expect(read.ok ? {} : Object.keys(read.errors).sort()).toEqual([
    'labels.0.verified',
    'labels.2.prefix',
    'limits.0.discount',
    'limits.0.openPrice',
  ])
})

test('a label is drawn digit by digit', () => {
  expect(labelPicture(label)).toBe('20 IIIII V NNNN C')
  expect(labelPicture({ ...label, verified: false })).toBe('20 IIIII NNNNN C')
})
