import { z } from 'zod'
import { zCode, zInstant, zName, zText, zUuid } from './scalars.ts'

/*
 * POST /api/enrol turns this browser profile into a till. The code is single-use and expires; the same code
 * with the same public key answers the same again, so a lost response costs nothing.
 *
 * Afterwards every request carries `Authorization: Bearer <ES256 JWT>`, signed by the key registered here:
 *   header { alg: 'ES256', typ: 'JWT' }
 *   claims { iss: tillId, cid: companyId, iat: seconds by the till's clock + its measured offset,
 *            bh: SHA-256 of the body's bytes as sent, base64url ('' body for GET), htm: method, htu: path with query }
 * A token older or newer than TOKEN_MAX_AGE_MS is answered 401 `token-stale` with the server's time.
 */

export const TOKEN_MAX_AGE_MS = 120_000

/** Written in groups for people: `ABCD-EFGH`. Case, spaces and dashes do not matter. */
export const ENROLMENT_CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
export const ENROLMENT_CODE_LENGTH = 8
export const normalizeEnrolmentCode = (typed: string): string => typed.toUpperCase().replace(/[\s-]/g, '')

export const zPublicKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().regex(/^[\w-]{43}$/),
  y: z.string().regex(/^[\w-]{43}$/),
})

export const zEnrolRequest = z.object({
  code: z
    .string()
    .transform(normalizeEnrolmentCode)
    .pipe(
      z
        .string()
        .regex(
          new RegExp(`^[${ENROLMENT_CODE_ALPHABET}]{${ENROLMENT_CODE_LENGTH}}$`),
          'is not an enrolment code',
        ),
    ),
  publicKey: zPublicKey,
  /** What navigator.storage.persist() answered. */
  persisted: z.boolean(),
  appVersion: zText(40),
})
export type EnrolRequest = z.input<typeof zEnrolRequest>

/** HMAC-SHA256 in base64url, by a key that no till has. */
export const zEnrolmentCertificate = z.string().regex(/^[\w-]{43}$/)

export const zEnrolResponse = z.object({
  companyId: zUuid,
  companyName: zName,
  outletId: zUuid,
  outletCode: zCode,
  tillId: zUuid,
  tillCode: zCode,
  tillName: zName,
  epoch: z.int().min(1),
  /** The highest receipt number of this till that has arrived: a new browser goes on after it. */
  receipts: z.int().min(0),
  /** The highest number of its Z reports that has arrived; none unless given. */
  zReports: z.exactOptional(z.int().min(0)),
  /** Proof of this enrolment to a server that has forgotten it. */
  certificate: z.exactOptional(zEnrolmentCertificate),
  serverTime: zInstant,
})
export type EnrolResponse = z.infer<typeof zEnrolResponse>

/*
 * POST /api/enrol/again: a server restored from a backup older than an enrolment does not know its till and answers
 * `unauthenticated`. The certificate that came with the enrolment says that it was so: the till is let in again with
 * the key and the epoch that it names, by nobody's hand. Not where the till was enrolled anew since, or is revoked:
 * that is for a person. Safe to repeat.
 */

export const zEnrolAgainRequest = z.object({
  companyId: zUuid,
  tillId: zUuid,
  /** That of the enrolment: the till's own may have gone on. */
  epoch: z.int().min(1),
  publicKey: zPublicKey,
  certificate: zEnrolmentCertificate,
})
export type EnrolAgainRequest = z.infer<typeof zEnrolAgainRequest>

export const zEnrolAgainResponse = z.object({ serverTime: zInstant })
