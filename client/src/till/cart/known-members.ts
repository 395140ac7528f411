import type { CustomerRow } from '@evertill/shared/protocol/pull'
import { searchCustomers } from '../../store/catalogue.ts'
import type { TillDatabase } from '../../store/till-database.ts'

/** What is typed of somebody new. */
export interface NewMember {
  readonly name: string
  readonly phone: string
  readonly email: string
}

const PHONE = /^\+?[\d\s-]+$/
const FEWEST_DIGITS = 6
/** A national number that may stand with its country's code before it, and without. */
const NATIONAL_DIGITS = 7
const COUNTRY_DIGITS = 3
/** More than end in the same four digits in any shop. */
const MOST_ALIKE = 1000

/** The zeros that a number is dialled with are no part of it. */
const digitsOf = (phone: string) => phone.replaceAll(/\D/g, '').replace(/^0+/, '')

export const isPhone = (text: string): boolean =>
  PHONE.test(text.trim()) && text.replaceAll(/\D/g, '').length >= FEWEST_DIGITS

/** Whether they ring the same telephone, however each is written: `+65 8000 1001` is `80001001`. */
export function isSamePhone(one: string, other: string): boolean {
  const [short = '', long = ''] = [digitsOf(one), digitsOf(other)].sort((a, b) => a.length - b.length)
  if (short === long) return short !== ''
  return (
    short.length >= NATIONAL_DIGITS && long.length - short.length <= COUNTRY_DIGITS && long.endsWith(short)
  )
}

/** Those this till knows who have the phone, the e-mail address or, typed as a name, the code of somebody new. */
export async function knownMembers(
  db: TillDatabase,
  { name, phone, email }: NewMember,
): Promise<readonly CustomerRow[]> {
  const found = [
    ...(await byPhone(db, phone)),
    ...(await byEmail(db, email.trim().toLowerCase())),
    ...(await byCode(db, name.trim().toLowerCase())),
  ]
  return [...new Map(found.map((row) => [row.customerId, row])).values()]
}

async function byPhone(db: TillDatabase, phone: string): Promise<CustomerRow[]> {
  if (!isPhone(phone)) return []
  const alike = await searchCustomers(db, phone.replaceAll(/\D/g, '').slice(-4), MOST_ALIKE)
  return alike.filter((row) => row.phone !== null && isSamePhone(row.phone, phone))
}

/** All are looked through: nobody is searched for by an address. */
const byEmail = async (db: TillDatabase, email: string): Promise<CustomerRow[]> =>
  email === '' ? [] : db.customer.filter((row) => row.email?.toLowerCase() === email).toArray()

async function byCode(db: TillDatabase, code: string): Promise<CustomerRow[]> {
  // Words without a digit are somebody's name.
  if (!/^\S*\d\S*$/.test(code)) return []
  return (await searchCustomers(db, code, MOST_ALIKE)).filter((row) => row.code.toLowerCase() === code)
}
