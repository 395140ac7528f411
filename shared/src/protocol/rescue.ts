import { z } from 'zod'
import { zCode, zHash, zInstant, zName, zText, zUuid } from './scalars.ts'

/*
 * A rescue file carries a till's journal to head office by hand: the network is gone for good, the device is to
 * be given away, the till was revoked, the server forgot it. Text, UTF-8, lines ended by "\n":
 *
 *   line 1      the header below, as JSON
 *   line 2…     one entry each, as in a push: `<hash> <canonical JSON of the entry>`
 *   last line   a compact ES256 JWS by the till's key; its payload is the SHA-256 of every byte before this line
 *
 * A till that cannot sign writes RESCUE_UNSIGNED instead: its entries are looked at by a person before they count.
 */

export const RESCUE_FORMAT = 'evertill-rescue'
/** The only version so far; a reader refuses one it does not know. */
export const RESCUE_VERSION = 1
export const RESCUE_UNSIGNED = 'unsigned'
/** Bytes of a file that head office takes: some 150,000 sales. */
export const MAX_RESCUE_BYTES = 256_000_000
/** Bytes of one line of it; the largest sale there can be has a twentieth of it. */
export const MAX_RESCUE_LINE_BYTES = 16_000_000

export const zRescueHeader = z.object({
  format: z.literal(RESCUE_FORMAT),
  version: z.literal(RESCUE_VERSION),
  companyId: zUuid,
  companyName: zName,
  outletId: zUuid,
  outletCode: zCode,
  tillId: zUuid,
  tillCode: zCode,
  tillName: zName,
  /** The lives of the journal that entries below come from. */
  epochs: z.array(z.int().min(1)).max(10_000),
  /** By the till's clock. */
  exportedAt: zInstant,
  /** Entries below. */
  count: z.int().min(0),
  /** `unsent`: what the server has not acknowledged. `all`: everything the till still keeps. */
  scope: z.enum(['unsent', 'all']),
  appVersion: zText(40),
})
export type RescueHeader = z.infer<typeof zRescueHeader>
export type RescueScope = RescueHeader['scope']

/*
 * Head office takes the file as the body of POST /api/office/tills/rescue?commit&addTill, and answers what it holds
 * (commit=false) or what became of it (commit=true). The same file again changes nothing. With addTill=true a till that
 * is not known is added as the header says it is.
 */

/** How a file was signed: `good` by a key of that till, now or formerly. All others are kept for review. */
export const zRescueSignature = z.enum(['good', 'wrong', 'missing', 'unknown-till'])
export type RescueSignature = z.infer<typeof zRescueSignature>

export const zRescueReport = z.object({
  committed: z.boolean(),
  fileHash: zHash,
  till: z.object({
    tillId: zUuid,
    code: zCode,
    name: zName,
    outletName: zName,
    /** `unknown` when this database has never heard of it. */
    state: z.enum(['waiting-for-enrolment', 'active', 'revoked', 'unknown']),
  }),
  signature: zRescueSignature,
  exportedAt: zInstant,
  scope: z.enum(['unsent', 'all']),
  /** Lines of entries found, and how many the till said there are: fewer were found where the file was cut. */
  entries: z.int(),
  promised: z.int(),
  /** By the till's clock, corrected; null when no entry can be read. */
  firstAt: z.nullable(zInstant),
  lastAt: z.nullable(zInstant),
  /** Entries that were here before this file. */
  known: z.int(),
  /** Sales among the entries that were not, and their total in minor units. */
  newSales: z.int(),
  newTotal: z.int(),
  /** What became of the lines; all 0 before the import. */
  applied: z.int(),
  duplicate: z.int(),
  quarantined: z.int(),
})
export type RescueReport = z.infer<typeof zRescueReport>
