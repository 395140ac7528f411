import { z } from 'zod'
import { MAX_QUANTITY } from '../domain/cart.ts'
import type { Minor, Ppm, Thousandths } from '../domain/money.ts'

// Bounds keep every product of two fields exact and turn absurd amounts into a named error.
const MOST_MONEY = 1_000_000_000_00
const MOST_PRICE = 1_000_000_00

export const zUuid = z.uuid()
export const zUuidV7 = z.uuidv7()
export const zHash = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits')
export const zDate = z.iso.date()
export const zInstant = z.iso.datetime({ precision: 3 })
export const zName = z.string().trim().min(1).max(200)
export const zCode = z.string().min(1).max(64)

/** Minor units, not negative. */
export const zAmount = z.int().min(0).max(MOST_MONEY) as unknown as z.ZodType<Minor>
/** Minor units of either sign. */
export const zSignedAmount = z.int().min(-MOST_MONEY).max(MOST_MONEY) as unknown as z.ZodType<Minor>
export const zPrice = z.int().min(0).max(MOST_PRICE) as unknown as z.ZodType<Minor>
export const zQuantity = z.int().min(1).max(MAX_QUANTITY) as unknown as z.ZodType<Thousandths>
export const zRatePpm = z.int().min(0).max(1_000_000) as unknown as z.ZodType<Ppm>
export const zMultiplierPpm = z.int().min(0).max(100_000_000)
