import type { ProductSettings } from '@evertill/shared/protocol/office/products'
import {
  readProductSettings,
  updateRoleLimits,
  updateScaleLabels,
} from '../db/queries/office-product-settings.ts'
import { refused } from './refused.ts'
import type { Subject } from './settings/edit-settings.ts'

/** Set by whoever makes the catalogue, and not only by who manages the company. */
export const PRODUCT_SETTINGS: Subject<ProductSettings, 'catalogue.edit', 'catalogue.view'> = {
  action: 'product-settings.edited',
  read: readProductSettings,
  write: async (tx, granted, { scaleLabels, roleLimits }) => {
    await updateScaleLabels(tx, granted, scaleLabels)
    for (const limits of roleLimits) await updateRoleLimits(tx, granted, limits)
  },
  refuse: (before, edit) => {
    const strange = edit.roleLimits.findIndex(
      ({ roleId }) => !before.roleLimits.some((role) => role.roleId === roleId),
    )
    if (strange < 0) return undefined
    return refused('bad-request', 'The settings have wrong fields.', [
      { path: `settings.roleLimits.${strange}.roleId`, message: 'is not one of your roles' },
    ])
  },
}
