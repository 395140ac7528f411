import { createHmac, timingSafeEqual } from 'node:crypto'
import type { EnrolAgainRequest } from '@evertill/shared/protocol/enrol'

/** What a certificate says was so: this browser's key was enrolled as that till, at that epoch. */
export type CertifiedEnrolment = Omit<EnrolAgainRequest, 'certificate'>

/**
 * Proof of an enrolment for a server that has forgotten it. The secret is of the database, and so in any backup that
 * knows the company: whoever can read it needs no certificate any more.
 */
export function certificateOf(secret: string, enrolment: CertifiedEnrolment): string {
  const { companyId, tillId, epoch, publicKey } = enrolment
  // A key of its own: what the secret signs elsewhere is no certificate.
  const key = createHmac('sha256', secret).update('enrolment certificate').digest()
  // None of them can hold a space, so no two enrolments have one text.
  const text = [companyId, tillId, epoch, publicKey.x, publicKey.y].join(' ')
  return createHmac('sha256', key).update(text).digest('base64url')
}

export function isCertified(secret: string, { certificate, ...enrolment }: EnrolAgainRequest): boolean {
  const [given, right] = [certificate, certificateOf(secret, enrolment)].map((text) => Buffer.from(text))
  return (
    given?.length === right?.length &&
    given !== undefined &&
    right !== undefined &&
    timingSafeEqual(given, right)
  )
}
