import { expect, test } from 'vitest'
import {
  codeOf,
  lacksTaxAddress,
  newOutletValues,
  outletValues,
  readNewOutlet,
  readOutlet,
  timeZones,
} from './outlet-form.ts'

const OUTLET = {
  name: 'Bedok',
  address: '208B New Upper Changi Road\nSingapore 460208',
  phone: null,
  timeZone: 'Asia/Singapore',
  dayCutHour: 4,
}
const ID = '019a0000-0000-7000-8000-000000000001'

test('an outlet is shown and saved back unchanged, and nothing typed is nothing', () => {
  expect(readOutlet(outletValues(OUTLET, 'BED'))).toEqual({ ok: true, settings: OUTLET })
  const bare = { ...outletValues(OUTLET, 'BED'), address: ' \n ', phone: ' ' }
  expect(readOutlet(bare)).toMatchObject({ settings: { address: null, phone: null } })
})

test('the code of a new outlet is made of its name until one is typed', () => {
  const values = { ...newOutletValues('Asia/Singapore'), name: 'Marine Parade' }
  expect(readNewOutlet(values, ID)).toMatchObject({
    settings: { code: 'MP', outlet: { name: 'Marine Parade' } },
  })
  expect(codeOf({ ...values, code: ' mp2 ' })).toBe('MP2')
})

test('what is wrong is said beside its field', () => {
  const wrong = { ...newOutletValues('Asia/Bedok'), code: 'M-P' }
  const read = readNewOutlet(wrong, ID)
  expect(read.ok ? {} : read.errors).toEqual({
    name: 'Fill this in',
    code: 'Must be 1 to 6 letters and figures, such as TB',
    timeZone: 'Must be a time zone such as Asia/Singapore',
  })
})

test('the zone that is set is offered, whatever the browser calls it', () => {
  expect(timeZones('Asia/Singapore')).toContain('Asia/Singapore')
  expect(timeZones('Singapore')).toContain('Singapore')
})

test('only the receipts of a company with a GST number want an address', () => {
  expect(lacksTaxAddress(null, '201912345K')).toBe(true)
  expect(lacksTaxAddress(' \n', '201912345K')).toBe(true)
  expect(lacksTaxAddress('208B New Upper Changi Road', '201912345K')).toBe(false)
  expect(lacksTaxAddress(null, null)).toBe(false)
  // While it is not known, nobody is told off.
  expect(lacksTaxAddress(null, undefined)).toBe(false)
})
