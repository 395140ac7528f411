import { createHash } from 'node:crypto'
import { type Logo, MOST_LOGO_DOTS, PNG_DATA_URL } from '@evertill/shared/protocol/logo'
import { v7 as uuidv7 } from 'uuid'
import type { Sql } from '../../db/connect.ts'
import type { Granted } from '../../db/queries/office-granted.ts'
import { buryLogo, findLogo, putLogo } from '../../db/queries/office-logo.ts'
import { type OfficeWrite, recordedChange } from '../recorded-change.ts'
import { type Refused, refused } from '../refused.ts'
import { readPng } from './read-png.ts'

type Managed = Granted<'company.manage'>

export const logo = async (sql: Sql, granted: Managed): Promise<{ logo: Logo | null }> => ({
  logo: (await findLogo(sql, granted)) ?? null,
})

/** Checks that both forms are what they say before every till draws them. */
export async function setLogo(
  write: OfficeWrite,
  granted: Managed,
  logo: Logo,
): Promise<undefined | Refused> {
  const fields = oddsOf(logo)
  if (fields.length > 0) return refused('bad-request', 'This picture cannot be the logo.', fields)
  const logoId = uuidv7()
  return recordedChange<undefined | Refused>(write, granted, async (tx) => {
    const before = await findLogo(tx, granted)
    if (before !== undefined && printOf(before) === printOf(logo)) return { answer: undefined }
    await putLogo(tx, granted, logoId, logo)
    return {
      answer: undefined,
      changed: { action: 'logo.set', detail: { from: before ? sized(before) : null, to: sized(logo) } },
    }
  })
}

export async function removeLogo(write: OfficeWrite, granted: Managed): Promise<undefined> {
  return recordedChange<undefined>(write, granted, async (tx) => {
    const before = await findLogo(tx, granted)
    if (before === undefined) return { answer: undefined }
    await buryLogo(tx, granted, write.now())
    return { answer: undefined, changed: { action: 'logo.removed', detail: { from: sized(before) } } }
  })
}

function oddsOf({ width, height, dots, picture }: Logo): { path: string; message: string }[] {
  const rowBytes = width / 8
  const file = bytesOf(picture.slice(PNG_DATA_URL.length))
  const png = file && readPng(file, MOST_LOGO_DOTS)
  return [
    ...(bytesOf(dots)?.length === rowBytes * height
      ? []
      : [{ path: 'dots', message: `must be ${height} rows of ${rowBytes} bytes` }]),
    ...(png?.width === width && png.height === height
      ? []
      : [{ path: 'picture', message: `must be a PNG of ${width} by ${height}` }]),
  ]
}

/** Of base64 and nothing else: Buffer leaves out what is none, a browser then draws nothing at all. */
function bytesOf(base64: string): Buffer | undefined {
  const bytes = Buffer.from(base64, 'base64')
  return bytes.toString('base64') === base64 ? bytes : undefined
}

/** The audit log tells pictures apart; it does not keep them. */
const printOf = ({ dots, picture }: Logo) => createHash('sha256').update(`${dots} ${picture}`).digest('hex')
const sized = (logo: Logo) => ({ width: logo.width, height: logo.height, sha256: printOf(logo) })
