import { v5 as uuidv5 } from 'uuid'
import type { IdOf } from '../founding/found-company.ts'

/** The demo's ids are derived from names, so that they are the same on every machine. */
export const demoId: IdOf = (kind, name) => uuidv5(`${kind} ${name}`, '7d2a7c0e-3f0b-4f0e-9d39-5b1f6a2c8e11')

export const DEMO_COMPANY = {
  companyId: demoId('company', 'demo'),
  name: 'Kopi & Co Minimart',
  gstRegistrationNo: 'M9-0012345-6',
  // Nobody's: A is no check letter of a UEN, so that no one can pay the demo in earnest.
  payNowProxy: '201900000A',
  receiptFooter: 'Thank you, come again! Exchange within 7 days with this receipt.',
} as const

/** Known to everyone who reads this: the demo is for trying out, on a machine of one's own. */
export const DEMO_OFFICE = { email: 'owner@kopi.example', password: 'kopi-o-kosong' } as const

export const DEMO_OUTLETS = [
  {
    code: 'TB',
    name: 'Tiong Bahru',
    address: '56 Eng Hoon Street #01-46, Singapore 160056',
    tills: ['Counter 1', 'Counter 2', 'Phone'],
    /** Share of the opening stock that lies here, thousandths. */
    stockShare: 1000,
  },
  {
    code: 'TP',
    name: 'Toa Payoh',
    address: 'Blk 190 Lorong 6 Toa Payoh #01-514, Singapore 310190',
    tills: ['Counter 1', 'Counter 2'],
    stockShare: 700,
  },
] as const

export const DEMO_STAFF = [
  { name: 'Tan Siew Hoon', role: 'Owner', pin: '8888' },
  { name: 'Muhammad Faizal', role: 'Supervisor', pin: '2468' },
  { name: 'Priya Nair', role: 'Supervisor', pin: '3690' },
  { name: 'Lim Jun Wei', role: 'Cashier', pin: '1111' },
  { name: 'Nurul Ain', role: 'Cashier', pin: '2222' },
  { name: 'Joseph Pereira', role: 'Cashier', pin: '3333' },
] as const
