import { DatePickerInput } from '@mantine/dates'
import { useState } from 'react'
import { useNow } from '../office-context.tsx'
import { addDays, dateIn } from '../words/dates.ts'
import { CALENDAR } from './calendar.ts'
import { useTimeZone } from './use-time-zone.ts'

interface RangeFilterProps {
  readonly from: string | undefined
  readonly to: string | undefined
  readonly onChange: (range: { from: string | undefined; to: string | undefined }) => void
}

type Picked = [string | null, string | null]

/** The business days a list is narrowed to. */
export function RangeFilter({ from, to, onChange }: RangeFilterProps) {
  const today = dateIn(useNow(), useTimeZone()())
  // Half a range is not a filter yet: it waits here for its second half.
  const [half, setHalf] = useState<Picked>()
  const pick = (picked: Picked) => {
    const [first, last] = picked
    if ((first === null) === (last === null)) {
      setHalf(undefined)
      onChange({ from: first ?? undefined, to: last ?? undefined })
    } else setHalf(picked)
  }
  const range = (start: string, end = today): Picked => [start, end]
  return (
    <DatePickerInput
      {...CALENDAR}
      type="range"
      aria-label="Days"
      placeholder="All days"
      value={half ?? [from ?? null, to ?? null]}
      onChange={pick}
      allowSingleDateInRange
      clearable
      clearButtonProps={{ 'aria-label': 'Show all days' }}
      valueFormat="D MMM YYYY"
      miw={190}
      presets={[
        { value: range(today), label: 'Today' },
        { value: range(addDays(today, -1), addDays(today, -1)), label: 'Yesterday' },
        { value: range(addDays(today, -6)), label: 'Last 7 days' },
        { value: range(addDays(today, -29)), label: 'Last 30 days' },
        { value: range(`${today.slice(0, 8)}01`), label: 'This month' },
      ]}
    />
  )
}
