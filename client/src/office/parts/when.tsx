import { Tooltip } from '@mantine/core'
import { agoText } from '../../app/format.ts'
import { useNow } from '../office-context.tsx'
import { dateIn, instantText } from '../words/dates.ts'
import { useTimeZone } from './use-time-zone.ts'

interface WhenProps {
  readonly at: string
  /** By whose clock. */
  readonly outletName?: string | null
  /** `3 min ago` rather than the date and time. */
  readonly relative?: boolean
  /** The time alone where it is still the day of this instant. */
  readonly since?: string | null
}

/** An instant by the outlet's clock; the whole of it, with the zone, on hover. */
export function When({ at, outletName, relative, since }: WhenProps) {
  const now = useNow()
  const zoneOf = useTimeZone()
  const zone = zoneOf(outletName)
  const { time, short, full } = instantText(at, zone, now)
  const sameDay = since && dateIn(new Date(since), zone) === dateIn(new Date(at), zone)
  return (
    <Tooltip label={relative ? full : `${full}, ${agoText(new Date(at), now)}`}>
      <time dateTime={at}>{relative ? agoText(new Date(at), now) : sameDay ? time : short}</time>
    </Tooltip>
  )
}
