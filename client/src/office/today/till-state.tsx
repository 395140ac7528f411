import {
  IconAlertTriangle,
  IconCloudCheck,
  IconCloudUpload,
  IconPlugConnectedX,
  IconPlugX,
} from '@tabler/icons-react'
import { agoText } from '../../app/format.ts'
import { StatusChip } from '../../app/status-chip.tsx'
import { useNow } from '../office-context.tsx'
import { countOf } from '../words/count-words.ts'
import { freshness } from '../words/today-words.ts'

interface TillStateProps {
  readonly waiting: number | null
  readonly lastContactAt: string | null
  /** Entries are missing between those that have arrived. */
  readonly gap: boolean
  /** Where the numbers stand beside it. */
  readonly short?: boolean
}

/** What can be said of a till's sales from here: all in, coming in, or not known. */
export function TillState({ waiting, lastContactAt, gap, short }: TillStateProps) {
  const now = useNow()
  const known = freshness({ waiting, lastContactAt, gap }, now)
  if (known === 'never' || lastContactAt === null) {
    return (
      <StatusChip tone="plain" icon={IconPlugX}>
        Not heard from yet
      </StatusChip>
    )
  }
  if (known === 'up-to-date') {
    return (
      <StatusChip tone="safe" icon={IconCloudCheck}>
        Up to date
      </StatusChip>
    )
  }
  if (known === 'sending') {
    return (
      <StatusChip tone="info" icon={IconCloudUpload}>
        {short ? 'Sending' : `${countOf(waiting ?? 0, 'entry', 'entries')} on the way`}
      </StatusChip>
    )
  }
  if (known === 'gap') {
    return (
      <StatusChip tone="bad" icon={IconAlertTriangle}>
        {short ? 'Gap' : 'Entries missing'}
      </StatusChip>
    )
  }
  return (
    <StatusChip tone="waiting" icon={IconPlugConnectedX}>
      {short ? 'Not heard' : `Last heard ${agoText(new Date(lastContactAt), now)}`}
    </StatusChip>
  )
}
