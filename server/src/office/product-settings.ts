import type { ProductSettings } from '@evertill/shared/protocol/office/products'
import { readProductSettings, updateScaleLabels } from '../db/queries/office-product-settings.ts'
import type { Subject } from './settings/edit-settings.ts'

/** Set by whoever makes the catalogue, and not only by who manages the company. */
export const PRODUCT_SETTINGS: Subject<ProductSettings, 'catalogue.edit', 'catalogue.view'> = {
  action: 'product-settings.edited',
  read: readProductSettings,
  write: (tx, granted, { scaleLabels }) => updateScaleLabels(tx, granted, scaleLabels),
}
