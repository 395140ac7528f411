import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { ENROLMENT_CODE_ALPHABET, normalizeEnrolmentCode } from '@evertill/shared/protocol/enrol'
import type { FirstRun } from '@evertill/shared/protocol/office'
import { outletCodeOf } from '@evertill/shared/protocol/office/outlets'
import { v7 as uuidv7 } from 'uuid'
import type { Sql } from '../../db/connect.ts'
import { insertAudit } from '../../db/queries/office-audit.ts'
import { findCompanyIds, insertOutlet, insertStaff, lockFounding } from '../../db/queries/office-founding.ts'
import { insertTill } from '../../db/queries/office-tills.ts'
import { insertOfficeUser } from '../../db/queries/office-users.ts'
import { retrying } from '../../db/retrying.ts'
import { withTransaction } from '../../db/transaction.ts'
import type { Auth } from '../auth.ts'
import type { OfficeWrite } from '../recorded-change.ts'
import { type Refused, refused } from '../refused.ts'
import { foundCompany, rememberedIds } from './found-company.ts'
import { keepPin } from './pin.ts'
import { OWNER_ROLE, SINGAPORE } from './singapore.ts'

export const isFirstRunNeeded = async (sql: Sql): Promise<boolean> =>
  (await retrying(() => findCompanyIds(sql))).length === 0

const notTheFirst = () =>
  refused('conflict', 'A company has already been created on this server. Sign in to its head office.')

const wrongSetupCode = () =>
  refused('forbidden', 'This is not the setup code of this server.', [
    { path: 'setupCode', message: 'must be the one printed where the server was started' },
  ])

/** A code for one life of the server, as people write it. */
export const newSetupCode = (): string =>
  Array.from({ length: 2 }, () =>
    Array.from({ length: 4 }, () =>
      ENROLMENT_CODE_ALPHABET.charAt(randomInt(ENROLMENT_CODE_ALPHABET.length)),
    ).join(''),
  ).join('-')

function isSetupCode(typed: string, code: string | undefined): boolean {
  if (code === undefined) return false
  const digest = (text: string) => createHash('sha256').update(normalizeEnrolmentCode(text)).digest()
  return timingSafeEqual(digest(typed), digest(code))
}

/** Creates the company with its first outlet, till and owner. Of two at once, one wins and the other is told. */
export async function firstRun(
  { sql, now, auth }: OfficeWrite & { auth: Auth },
  input: FirstRun,
  setupCode: string | undefined,
): Promise<undefined | Refused> {
  if (!(await isFirstRunNeeded(sql))) return notTheFirst()
  if (!isSetupCode(input.setupCode, setupCode)) return wrongSetupCode()
  const passwordHash = await auth.hashPassword(input.password)
  const pin = await keepPin(input.pin)
  const companyId = uuidv7()
  const idOf = rememberedIds(uuidv7)
  const roleId = idOf('role', OWNER_ROLE)
  const outletId = idOf('outlet', input.outletName)

  return withTransaction<undefined | Refused>(sql, async (tx) => {
    await lockFounding(tx)
    const companies = await findCompanyIds(tx)
    if (companies.includes(companyId)) return undefined
    if (companies.length > 0) return notTheFirst()
    await foundCompany(tx, { companyId, name: input.companyName }, idOf)
    await insertOutlet(tx, companyId, {
      outlet_id: outletId,
      code: outletCodeOf(input.outletName),
      name: input.outletName,
      address: null,
      time_zone: SINGAPORE.timeZone,
      day_cut_hour: 0,
    })
    await insertTill(tx, { companyId }, { tillId: idOf('till', '1'), outletId, name: 'Till 1' })
    const owner = { staff_id: idOf('staff', 'owner'), name: input.ownerName, role_id: roleId }
    await insertStaff(tx, companyId, [{ ...owner, pin_salt: pin.pinSalt, pin_base: pin.pinBase }])
    const user = {
      companyId,
      userId: idOf('user', 'owner'),
      roleId,
      name: input.ownerName,
      email: input.email,
    }
    await insertOfficeUser(tx, { ...user, passwordHash }, idOf('account', 'owner'), now())
    await insertAudit(tx, {
      companyId,
      auditId: idOf('audit', 'founded'),
      at: now(),
      actor: input.ownerName,
      action: 'company.founded',
      detail: { companyName: input.companyName, outletName: input.outletName, email: user.email },
    })
    return undefined
  })
}
