import { Tooltip } from '@mantine/core'
import { agoText } from '../../app/format.ts'
import { useNow } from '../office-context.tsx'
import { instantText } from '../words/dates.ts'
import { useTimeZone } from './use-time-zone.ts'

interface WhenProps {
  readonly at: string
  /** By whose clock. */
  readonly outletName?: string | null
  /** `3 min ago` rather than the date and time. */
  readonly relative?: boolean
}

/** An instant by the outlet's clock; the whole of it, with the zone, on hover. */
export function When({ at, outletName, relative }: WhenProps) {
  const now = useNow()
  const zoneOf = useTimeZone()
  const { short, full } = instantText(at, zoneOf(outletName), now)
  return (
    <Tooltip label={relative ? full : `${full}, ${agoText(new Date(at), now)}`}>
      <time dateTime={at}>{relative ? agoText(new Date(at), now) : short}</time>
    </Tooltip>
  )
}
