import { isGrave, type PromotionWarning } from '@evertill/shared/domain/promotion-review'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { useCurrency } from '../../app/money.tsx'
import classes from './promotion.module.css'
import { warningWords } from './promotion-words.ts'

/** Enough to see that there is something to think about. */
const MOST_SHOWN = 6

/** What there is to think about before it is saved, the gravest first. */
export function PromotionWarnings({ warnings }: { readonly warnings: readonly PromotionWarning[] }) {
  const currency = useCurrency()
  const shown = warnings.toSorted((a, b) => Number(isGrave(b)) - Number(isGrave(a)))
  if (shown.length === 0) return null
  return (
    <ul className={classes.warnings}>
      {shown.slice(0, MOST_SHOWN).map((warning) => (
        <li
          key={`${warning.code} ${'promotionId' in warning ? warning.promotionId : ''}`}
          data-grave={isGrave(warning) || undefined}
        >
          {isGrave(warning) ? (
            <IconAlertTriangle size={18} aria-hidden />
          ) : (
            <IconInfoCircle size={18} aria-hidden />
          )}
          <span>{warningWords(warning, currency)}</span>
        </li>
      ))}
      {shown.length > MOST_SHOWN && <li>And {shown.length - MOST_SHOWN} more like these.</li>}
    </ul>
  )
}
