import { USUAL_SCALE_LABELS } from '@evertill/shared/domain/scale-label'
import { expect, test } from 'vitest'
import { labelPicture, readSettings, settingsValues } from './settings-form.ts'

const settings = { scaleLabels: [...USUAL_SCALE_LABELS] }
const label = { prefix: '20', carries: 'price' as const, itemDigits: '5', decimals: '2', verified: true }

test('settings are shown and saved back unchanged', () => {
  expect(readSettings(settingsValues(settings))).toEqual({ ok: true, settings })
})

test('a count has no decimals', () => {
  const read = readSettings({ labels: [{ ...label, carries: 'count', verified: false, decimals: '3' }] })
  expect(read).toMatchObject({ ok: true, settings: { scaleLabels: [{ decimals: 0 }] } })
})

test('what is wrong is said where it stands', () => {
  const read = readSettings({
    labels: [
      { ...label, itemDigits: '7' },
      { ...label, verified: false },
      { ...label, verified: false },
    ],
  })
  expect(read.ok ? {} : Object.keys(read.errors).sort()).toEqual(['labels.0.verified', 'labels.2.prefix'])
})

test('a label is drawn digit by digit', () => {
  expect(labelPicture(label)).toBe('20 IIIII V NNNN C')
  expect(labelPicture({ ...label, verified: false })).toBe('20 IIIII NNNNN C')
})
