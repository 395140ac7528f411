import { useAfterPaint } from '../../app/after-paint.ts'
import { timeText } from '../../app/format.ts'
import { useNow } from '../till-context.tsx'
import classes from './frame.module.css'

/** The shop's time. To name the first one took 12 ms of the first screen's script: it comes behind that screen. */
export function Clock({ timeZone }: { readonly timeZone: string | undefined }) {
  const now = useNow(5000)
  const ready = useAfterPaint(true)
  return (
    <time className={classes.clock} dateTime={now.toISOString()}>
      {ready && timeText(now, timeZone)}
    </time>
  )
}
