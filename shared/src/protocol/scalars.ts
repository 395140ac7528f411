import { z } from 'zod'
import { MAX_QUANTITY } from '../domain/cart.ts'
import { EMAIL, MAX_EMAIL } from '../domain/email.ts'
import { type Minor, MOST_MONEY, MOST_PRICE, type Ppm, type Thousandths } from '../domain/money.ts'
import { MOST_POINTS } from '../domain/points.ts'
import { VALUE_CODE } from '../domain/stored-value.ts'

/*
 * No schema of what travels changes what it reads: an entry is hashed as it was written, so it must be read
 * as it was written. Only zTyped… schemas, for what people type into forms, trim.
 */

// Lower case, as Postgres writes ids back: comparing texts is comparing ids.
export const zUuid = z.uuid({ abort: true }).lowercase()
export const zUuidV7 = z.uuidv7({ abort: true }).lowercase()
export const zHash = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits')

// Postgres has no year 0.
const aYear = /^(?!0000)/
export const zDate = z.iso.date({ abort: true }).regex(aYear)
/** What Date.toISOString writes. */
export const zInstant = z.iso.datetime({ precision: 3, abort: true }).regex(aYear)
/** Milliseconds to add to a till's clock; bounded so that the sum is still a date. */
export const zClockOffsetMs = z.int().min(-1e14).max(1e14)

// Neither JSON nor Postgres can hold a lone surrogate, nor Postgres a NUL.
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what it is about
const storable = /^[^\u{0}\p{Surrogate}]*$/u
const unstorable = 'must not contain NUL or half a character'
export const zText = (most: number) => z.string().max(most).regex(storable, unstorable)
export const zTypedText = (most: number) => z.string().trim().max(most).regex(storable, unstorable)

export const zName = zText(200).min(1)
export const zTypedName = zTypedText(200).min(1)
export const zCode = zText(64).min(1)
export const zCurrency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency code such as SGD')

export const zEmail = z.string().max(MAX_EMAIL).regex(EMAIL, 'must be an address such as mei@example.com')

/** Minor units, not negative. Bounds keep sums exact and turn absurd amounts into a named error. */
export const zAmount = z.int().min(0).max(MOST_MONEY) as unknown as z.ZodType<Minor>
/** Minor units of either sign. */
export const zSignedAmount = z.int().min(-MOST_MONEY).max(MOST_MONEY) as unknown as z.ZodType<Minor>
export const zPrice = z.int().min(0).max(MOST_PRICE) as unknown as z.ZodType<Minor>
export const zQuantity = z.int().min(1).max(MAX_QUANTITY) as unknown as z.ZodType<Thousandths>
export const zRatePpm = z.int().min(0).max(1_000_000) as unknown as z.ZodType<Ppm>
export const zMultiplierPpm = z.int().min(0).max(100_000_000)
/** Minor units of the smallest coin. */
export const zCashStep = z.int().min(1).max(1000)
export const zMinorPerPoint = z.int().min(0).max(1_000_000_000)
/** A code of stored value: see stored-value.ts. */
export const zValueCode = z.string().regex(VALUE_CODE, 'must be a code such as V7K3M9PQX2TBA4')
/** Minor units that one point pays. */
export const zPointValue = z.int().min(1).max(1_000_000)
export const zPoints = z.int().min(0).max(MOST_POINTS)
