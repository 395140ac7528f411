import type { ProductSettings } from '@evertill/shared/protocol/office/products'
import type { Sql } from '../db/connect.ts'
import type { Granted } from '../db/queries/office-granted.ts'
import {
  readProductSettings,
  updateRoleLimits,
  updateScaleLabels,
} from '../db/queries/office-product-settings.ts'
import { differences } from './differences.ts'
import { type OfficeWrite, recordedChange } from './recorded-change.ts'
import { type Refused, refused } from './refused.ts'

export const productSettings = (sql: Sql, granted: Granted<'catalogue.view'>): Promise<ProductSettings> =>
  readProductSettings(sql, granted)

export async function editProductSettings(
  write: OfficeWrite,
  granted: Granted<'catalogue.edit'>,
  edit: ProductSettings,
): Promise<undefined | Refused> {
  return recordedChange<undefined | Refused>(write, granted, async (tx) => {
    const before = await readProductSettings(tx, granted)
    const strange = edit.roleLimits.findIndex(
      ({ roleId }) => !before.roleLimits.some((role) => role.roleId === roleId),
    )
    if (strange >= 0) {
      const fields = [{ path: `roleLimits.${strange}.roleId`, message: 'is not one of your roles' }]
      return { answer: refused('bad-request', 'The settings have wrong fields.', fields) }
    }
    await updateScaleLabels(tx, granted, edit.scaleLabels)
    for (const limits of edit.roleLimits) await updateRoleLimits(tx, granted, limits)
    const changes = differences(before, await readProductSettings(tx, granted))
    if (changes.length === 0) return { answer: undefined }
    return { answer: undefined, changed: { action: 'product-settings.edited', detail: { changes } } }
  })
}
