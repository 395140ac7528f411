import type { ShiftSummary } from '@evertill/shared/protocol/office/shifts'
import { expect, test } from 'vitest'
import { shiftColumns } from './shift-columns.tsx'

test('where a shift was names its till first: of a narrow column the end is cut, and outlets have several', () => {
  const where = shiftColumns.find(({ id }) => id === 'where')
  if (where === undefined || !('accessorFn' in where)) throw new Error('nobody says where')
  const shift = { outletName: 'Tiong Bahru', tillName: 'Counter 2' } as ShiftSummary
  expect(where.accessorFn(shift, 0)).toBe('Counter 2 · Tiong Bahru')
})
