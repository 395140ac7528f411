import { type Minor, minor, sumMinor } from './money.ts'

/*
 * Stored value: what the shop owes to whoever holds a code. A gift card and a voucher are sold, store credit is what a
 * refund gives. Selling it earns nothing and carries no tax: the tax is on the goods that it pays for later. Source:
 * Singapore's GST (General) Regulations, 93B and 93C.
 */

export const VALUE_KINDS = ['gift-card', 'voucher', 'store-credit'] as const
export type ValueKind = (typeof VALUE_KINDS)[number]

export const isValueKind = (kind: string): kind is ValueKind => VALUE_KINDS.some((known) => known === kind)

/** What is put on a code when it is sold. */
export interface IssuedValue {
  readonly code: string
  readonly kind: ValueKind
  /** The payment method it will pay by. */
  readonly methodCode: string
  readonly amount: Minor
}

/** What a till knows of a code. */
export interface ValueKnown {
  readonly kind: ValueKind
  /** By the server's count and this till's own entries. Negative when more was spent than there was. */
  readonly balance: number
  /** Spent at this till, and not yet in the server's count. */
  readonly unconfirmed: number
  /** Whether the server's count is of just now. */
  readonly isFresh: boolean
}

/** What the legs of a sale take of a code: what pays, and what of a voucher is lost because it can be used once. */
export interface ValueTaken {
  readonly paid: number
  readonly forfeited: number
}

export const valueTaken = (
  code: string,
  legs: readonly { readonly code?: string; readonly amount: Minor; readonly forfeited?: Minor }[],
): ValueTaken =>
  legs.reduce(
    (taken, leg) =>
      leg.code === code
        ? { paid: taken.paid + leg.amount, forfeited: taken.forfeited + (leg.forfeited ?? 0) }
        : taken,
    { paid: 0, forfeited: 0 },
  )

/**
 * How much of a code can pay some of `due`: no more than is on it as far as the till knows, than may be spent unheard
 * of, and than is due.
 * @param offlineLimit of one code, the most that a till takes before the server has heard of it; does not bind while
 * the count is fresh, nor what is lost of a voucher: nobody gets goods for that
 * @param taken what the sale's legs so far take of it
 */
export function mostValue(
  known: ValueKnown,
  offlineLimit: number,
  due: Minor,
  taken: ValueTaken = { paid: 0, forfeited: 0 },
): Minor {
  const left = known.balance - taken.paid - taken.forfeited
  const unheard = known.isFresh ? left : offlineLimit - known.unconfirmed - taken.paid
  return minor(Math.max(0, Math.min(left, unheard, due)))
}

export const issuedTotal = (issued: readonly IssuedValue[] = []): Minor =>
  sumMinor(issued.map(({ amount }) => amount))

/** The most that one code can be sold with: $10,000. */
export const MOST_ISSUED = minor(1_000_000)
/** The most codes that one sale can sell. */
export const MAX_ISSUED = 50

/*
 * A code is `V`, twelve characters that nobody can guess, and one by which a mistyped code is known. Crockford's base 32:
 * no I, L, O or U, so that it can be read out; upper case and digits, so that a Code 128 of it is short.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const VALUE_CODE = /^V[0-9A-HJKMNP-TV-Z]{13}$/

/** @param id a UUIDv7 made for it: its last 60 bits are random */
export function newValueCode(id: string): string {
  let bits = BigInt(`0x${id.replaceAll('-', '').slice(-15)}`)
  let text = ''
  for (let i = 0; i < 12; i++, bits >>= 5n) text = `${ALPHABET[Number(bits & 31n)]}${text}`
  return `V${text}${checkCharacter(text)}`
}

/** The code that was typed or scanned: case, spaces and hyphens do not matter, O is 0, I and L are 1. */
export function readValueCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return VALUE_CODE.test(code) && checkCharacter(code.slice(1, -1)) === code.at(-1) ? code : undefined
}

/** As it is printed: in groups that the eye can hold. */
export const valueCodeText = (code: string): string =>
  `${code.slice(0, 5)} ${code.slice(5, 9)} ${code.slice(9)}`

/** Luhn's, to the base of 32: one wrong character is always found, two that changed places nearly always. */
function checkCharacter(text: string): string {
  let sum = 0
  ;[...text].reverse().forEach((character, i) => {
    const value = ALPHABET.indexOf(character) * (i % 2 === 0 ? 2 : 1)
    sum += Math.floor(value / 32) + (value % 32)
  })
  return ALPHABET[(32 - (sum % 32)) % 32] ?? ''
}
