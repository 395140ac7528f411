import { type EnrolAgainRequest, zEnrolAgainResponse } from '@evertill/shared/protocol/enrol'
import type { Till } from '../store/till.ts'
import { readAnswer } from './answer.ts'

/**
 * Asks a server that does not know this till, for it was restored from a backup older than the enrolment, to let it
 * in again by the certificate of then. Never throws: whoever is not let in is as far as before.
 */
export async function enrolAgain(
  fetch: (path: string, init: RequestInit) => Promise<Response>,
  { companyId, tillId, publicKey, certificate }: Till,
): Promise<boolean> {
  if (certificate === undefined) return false
  const { kty, crv, x, y } = publicKey
  const request = {
    companyId,
    tillId,
    epoch: certificate.epoch,
    publicKey: { kty, crv, x, y } as EnrolAgainRequest['publicKey'],
    certificate: certificate.text,
  } satisfies EnrolAgainRequest
  try {
    const response = await fetch('/api/enrol/again', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      cache: 'no-store',
    })
    return (await readAnswer(response, zEnrolAgainResponse)).code === 'answered'
  } catch {
    return false
  }
}
