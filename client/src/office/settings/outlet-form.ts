import {
  type OutletEdit,
  outletCodeOf,
  zNewOutlet,
  zOutletEdit,
} from '@evertill/shared/protocol/office/outlets'
import { formReader, type ReadForm } from './read-form.ts'

/** As it stands in the form: everything is text until it is saved. */
export interface OutletValues {
  name: string
  /** As it was typed; while nothing is, it is made of the name. */
  code: string
  address: string
  phone: string
  timeZone: string
  dayCutHour: string
}

export const outletValues = (outlet: OutletEdit, code: string): OutletValues => ({
  name: outlet.name,
  code,
  address: outlet.address ?? '',
  phone: outlet.phone ?? '',
  timeZone: outlet.timeZone,
  dayCutHour: String(outlet.dayCutHour),
})

export const newOutletValues = (timeZone: string): OutletValues => ({
  name: '',
  code: '',
  address: '',
  phone: '',
  timeZone,
  dayCutHour: '0',
})

/** Whether receipts are tax invoices, and lack the address that those must show. Undefined: not known yet. */
export const lacksTaxAddress = (
  address: string | null,
  gstRegistrationNo: string | null | undefined,
): boolean => (address ?? '').trim() === '' && gstRegistrationNo != null

export const codeOf = ({ code, name }: Pick<OutletValues, 'code' | 'name'>): string =>
  code.trim() === '' ? outletCodeOf(name) : code.trim().toUpperCase()

const editOf = ({ name, address, phone, timeZone, dayCutHour }: OutletValues) => ({
  name,
  address: address.trim() || null,
  phone: phone.trim() || null,
  timeZone,
  dayCutHour: Number(dayCutHour),
})

/** The field of a path of what is sent. */
export const fieldOf = (path: string): string => path.replace(/^outlet\./, '')

export const readOutlet = (values: OutletValues): ReadForm<OutletEdit> =>
  formReader('').finish(zOutletEdit, editOf(values))

export const readNewOutlet = (values: OutletValues, outletId: string) =>
  formReader('').finish(zNewOutlet, { outletId, code: codeOf(values), outlet: editOf(values) }, fieldOf)

/** `Midnight`, `4:00`: when the business day ends. */
export const hourWords = (hour: number): string => (hour === 0 ? 'Midnight' : `${hour}:00`)

const browserZones: readonly string[] = Intl.supportedValuesOf('timeZone')

/** What a list of time zones offers: those that the browser knows, and the one that is set. */
export const timeZones = (set: string): readonly string[] =>
  browserZones.includes(set) ? browserZones : [set, ...browserZones]
