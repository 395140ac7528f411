import { Tooltip } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { countOf } from '../words/count-words.ts'
import classes from './marks.module.css'

/** Marks a row that has open exceptions. */
export function ExceptionMark({ count }: { count: number }) {
  if (count === 0) return null
  const words = countOf(count, 'open exception')
  return (
    <Tooltip label={words}>
      <span className={classes.bad} role="img" aria-label={words}>
        <IconAlertTriangle size={16} aria-hidden /> {count}
      </span>
    </Tooltip>
  )
}
