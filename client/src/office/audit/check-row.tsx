import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { TextLink } from '../parts/links.tsx'
import { countOf } from '../words/count-words.ts'
import classes from './audit.module.css'
import { type AuditCheck, coveredText, moreText } from './audit-words.ts'

/** One law with a tick, or with what contradicts it; a difference leads to its sale or till. */
export function CheckRow({ check }: { check: AuditCheck }) {
  const holds = check.differences === 0
  const Icon = holds ? IconCheck : IconAlertTriangle
  const more = moreText(check)
  return (
    <li className={classes.check}>
      <span className={classes.mark} data-holds={holds}>
        <Icon size={20} stroke={2} role="img" aria-label={holds ? 'Holds' : 'Does not hold'} />
      </span>
      <div className={classes.body}>
        <p className={classes.law}>{check.law}</p>
        {!holds && (
          <ul className={classes.differences}>
            {check.shown.map((difference) => (
              <li key={`${difference.saleId} ${difference.sentence}`}>
                {difference.sentence} <Leads {...difference} />
              </li>
            ))}
            {more !== undefined && <li className={classes.quiet}>{more}</li>}
          </ul>
        )}
      </div>
      <p className={classes.count}>
        {holds ? coveredText(check) : `${countOf(check.differences, 'difference')} in ${coveredText(check)}`}
      </p>
    </li>
  )
}

function Leads({ saleId, tillId }: AuditCheck['shown'][number]) {
  if (saleId !== null) {
    return (
      <TextLink to="/sales/$saleId" params={{ saleId }} size="sm" underline="always">
        Open the sale
      </TextLink>
    )
  }
  if (tillId === null) return null
  return (
    <TextLink to="/tills" search={{ till: tillId }} size="sm" underline="always">
      Open the till
    </TextLink>
  )
}
