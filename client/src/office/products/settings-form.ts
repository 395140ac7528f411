import { type ScaleLabelLayout, valueDigitsOf } from '@evertill/shared/domain/scale-label'
import { type ProductSettings, zProductSettings } from '@evertill/shared/protocol/office/products'
import { formErrors } from '../words/form-errors.ts'

/** As it stands in the form: figures are text until they are saved. */
export interface SettingsValues {
  labels: {
    prefix: string
    carries: ScaleLabelLayout['carries']
    itemDigits: string
    decimals: string
    verified: boolean
  }[]
}

export const settingsValues = ({ scaleLabels }: ProductSettings): SettingsValues => ({
  labels: scaleLabels.map(({ itemDigits, decimals, ...label }) => ({
    ...label,
    itemDigits: String(itemDigits),
    decimals: String(decimals),
  })),
})

export type ReadSettings =
  | { readonly ok: true; readonly settings: ProductSettings }
  | { readonly ok: false; readonly errors: Record<string, string> }

/** What the form says, or what is wrong with it by field. */
export function readSettings({ labels }: SettingsValues): ReadSettings {
  const errors: Record<string, string> = {}
  const scaleLabels = labels.map(layoutOf)
  for (const [path, words] of Object.entries(formErrors(zProductSettings, { scaleLabels }))) {
    // Of all labels together: it stands at the last of them.
    const field =
      path === 'scaleLabels' ? `labels.${labels.length - 1}.prefix` : path.replace('scaleLabels', 'labels')
    errors[field] ??= words
  }
  const parsed = zProductSettings.safeParse({ scaleLabels })
  return parsed.success ? { ok: true, settings: parsed.data } : { ok: false, errors }
}

const layoutOf = ({
  itemDigits,
  decimals,
  ...label
}: SettingsValues['labels'][number]): ScaleLabelLayout => ({
  ...label,
  itemDigits: Number(itemDigits),
  decimals: label.carries === 'count' ? 0 : Number(decimals),
})

/** How a label looks, so that it can be held beside one: `23 IIIII VVVVV C`. */
export function labelPicture(label: SettingsValues['labels'][number]): string {
  const layout = layoutOf(label)
  const parts = [
    layout.prefix,
    'I'.repeat(layout.itemDigits),
    layout.verified ? 'V' : '',
    'N'.repeat(valueDigitsOf(layout)),
    'C',
  ]
  return parts.filter((part) => part !== '').join(' ')
}
