import { quantityText } from './format.ts'

/** A quantity in thousandths, with its unit where it is weighed. */
export function Quantity({ quantity, unit = 'each' }: { quantity: number; unit?: 'each' | 'kg' }) {
  return (
    <span style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
      {quantityText(quantity, unit)}
    </span>
  )
}
