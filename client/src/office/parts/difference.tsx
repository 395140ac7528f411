import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { Money } from '../../app/money.tsx'
import marks from './marks.module.css'

/** What a count is over or short of what was expected, in a word and an amount. */
export function Difference({ amount }: { amount: number | null }) {
  if (amount === null) return '–'
  if (amount === 0) {
    return (
      <span className={marks.good}>
        <IconCheck size={16} aria-hidden /> right
      </span>
    )
  }
  return (
    <span className={amount < 0 ? marks.bad : marks.wait}>
      <IconAlertTriangle size={16} aria-hidden /> {amount < 0 ? 'short' : 'over'}{' '}
      <Money amount={Math.abs(amount)} />
    </span>
  )
}
