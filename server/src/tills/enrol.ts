import type { EnrolAgainRequest, EnrolResponse, zEnrolRequest } from '@evertill/shared/protocol/enrol'
import type { Problem } from '@evertill/shared/protocol/problem'
import { importJWK } from 'jose'
import type { z } from 'zod'
import type { Sql } from '../db/connect.ts'
import { enrolTill, enrolTillAgain } from '../db/queries/enrolment.ts'
import { loadAuthSecret } from '../db/queries/office-users.ts'
import { retrying } from '../db/retrying.ts'
import { certificateOf, isCertified } from './enrolment-certificate.ts'

const problems = {
  unknown: {
    code: 'enrolment-code-unknown',
    message: 'No till waits for this code. Check it, or ask head office for a new one.',
  },
  expired: {
    code: 'enrolment-code-expired',
    message: 'This code has expired. Ask head office for a new one.',
  },
  used: {
    code: 'enrolment-code-used',
    message: 'This code was used by another browser. Ask head office for a new one.',
  },
} as const satisfies Record<string, Problem>

/** Makes the browser that knows the code into its till. */
export async function enrol(
  sql: Sql,
  request: z.output<typeof zEnrolRequest>,
  now: Date,
): Promise<EnrolResponse | Problem> {
  if (!(await isPointOnCurve(request.publicKey))) {
    const field = { path: 'publicKey', message: 'is not a P-256 public key' }
    return { code: 'bad-request', message: 'The public key cannot be used.', fields: [field] }
  }
  const result = await retrying(() => enrolTill(sql, { ...request, now }))
  if (result.outcome !== 'enrolled') return problems[result.outcome]
  const { till } = result
  const secret = await retrying(() => loadAuthSecret(sql))
  const enrolled = { companyId: till.company_id, tillId: till.till_id, epoch: till.epoch }
  return {
    ...enrolled,
    companyName: till.company_name,
    outletId: till.outlet_id,
    outletCode: till.outlet_code,
    tillCode: till.till_code,
    tillName: till.till_name,
    receipts: till.receipts,
    zReports: till.z_reports,
    certificate: certificateOf(secret, { ...enrolled, publicKey: request.publicKey }),
    serverTime: now.toISOString(),
  }
}

const notLetIn: Problem = {
  code: 'unauthenticated',
  message: 'This till is not enrolled here: head office can make a code for it.',
}

/** Lets a till in whose enrolment this database has forgotten; see protocol/enrol. */
export async function enrolAgain(
  sql: Sql,
  request: EnrolAgainRequest,
  now: Date,
): Promise<{ readonly serverTime: string } | Problem> {
  const secret = await retrying(() => loadAuthSecret(sql))
  if (!isCertified(secret, request)) return notLetIn
  const isKnown = await retrying(() => enrolTillAgain(sql, { ...request, now }))
  return isKnown ? { serverTime: now.toISOString() } : notLetIn
}

async function isPointOnCurve(publicKey: z.output<typeof zEnrolRequest>['publicKey']): Promise<boolean> {
  try {
    await importJWK(publicKey, 'ES256')
    return true
  } catch {
    return false
  }
}
