import { cleanText } from './clean-text.ts'
import { type Minor, minor } from './money.ts'

/** Whom a paper is made out to: a business that wants a tax invoice in its name. */
export interface Buyer {
  readonly name: string
  /** One line or several. */
  readonly address: string
  /** Its UEN or GST registration number; no law asks for it. */
  readonly registrationNo?: string
}

/** The most letters of each. */
export const MAX_BUYER_NAME = 200
export const MAX_BUYER_ADDRESS = 300
export const MAX_REGISTRATION_NO = 40
const MAX_ADDRESS_LINES = 6

/**
 * Up to so much, GST included, a simplified tax invoice does: S$1,000. Above it a tax invoice, or a credit note, shows
 * the customer's name and address. Source: Singapore's GST (General) Regulations, regs. 11 and 13; IRAS e-Tax Guide
 * "GST: General Guide for Businesses".
 */
export const SIMPLIFIED_INVOICE_LIMIT = minor(100_000)

/** A buyer as typed; undefined where the name or the address is missing: one alone makes no invoice. */
export function buyerOf(typed: {
  readonly name: string
  readonly address: string
  readonly registrationNo?: string | undefined
}): Buyer | undefined {
  // Between two spaces there may have been what no journal takes.
  const name = oneLine(cleanText(oneLine(typed.name), MAX_BUYER_NAME))
  const lines = typed.address.split(/\r\n|[\n\r]/).map((line) => cleanText(line, MAX_BUYER_ADDRESS))
  const written = lines.filter((line) => line !== '')
  // What is over in lines goes on in the last: nothing of an address is thrown away that has room.
  const folded = [
    ...written.slice(0, MAX_ADDRESS_LINES - 1),
    ...(written.length < MAX_ADDRESS_LINES ? [] : [written.slice(MAX_ADDRESS_LINES - 1).join(', ')]),
  ]
  const address = folded.join('\n').slice(0, MAX_BUYER_ADDRESS).toWellFormed().replace('\ufffd', '').trimEnd()
  const registrationNo = cleanText(typed.registrationNo ?? '', MAX_REGISTRATION_NO)
  if (name === '' || address === '') return undefined
  return { name, address, ...(registrationNo !== '' && { registrationNo }) }
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ')

/** Whether the law wants the buyer named on a paper of goods for so much, GST included, should a business claim it. */
export const wantsBuyer = (
  goods: Minor,
  shop: { readonly currency: string; readonly gstRegistrationNo: string | null },
): boolean => shop.gstRegistrationNo !== null && shop.currency === 'SGD' && goods > SIMPLIFIED_INVOICE_LIMIT
