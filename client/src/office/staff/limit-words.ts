import type { RoleEdit } from '@evertill/shared/protocol/office/roles'
import { percentText } from '../words/percent-text.ts'

/** What a role may do without anybody’s PIN: `10% off, open prices to $50.00`. */
export function limitWords(
  { permissions, mostDiscountPpm, mostOpenPrice }: RoleEdit,
  money: (amount: number) => string,
): string {
  if (permissions.includes('price.override')) return 'No limits'
  const off = !permissions.includes('sale.discount')
    ? 'No discounts'
    : mostDiscountPpm === null
      ? 'Any discount'
      : `${percentText(mostDiscountPpm)}% off`
  const open = mostOpenPrice === null ? 'any open price' : `open prices to ${money(mostOpenPrice)}`
  return `${off}, ${open}`
}
