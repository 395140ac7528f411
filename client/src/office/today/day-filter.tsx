import { ActionIcon } from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { CALENDAR } from '../parts/calendar.ts'
import { addDays } from '../words/dates.ts'
import classes from './today.module.css'

interface DayFilterProps {
  /** The day shown. */
  readonly date: string | undefined
  /** The business day that is running. */
  readonly latest: string | undefined
  /** Undefined: the running day, whichever that is. */
  readonly onChange: (date: string | undefined) => void
}

export function DayFilter({ date, latest, onChange }: DayFilterProps) {
  const change = (next: string | null) => onChange(next === null || next === latest ? undefined : next)
  const isLatest = date === undefined || date === latest
  return (
    <div className={classes.days}>
      <ActionIcon
        variant="default"
        size={36}
        aria-label="Day before"
        disabled={date === undefined}
        onClick={() => date && change(addDays(date, -1))}
      >
        <IconChevronLeft size={18} aria-hidden />
      </ActionIcon>
      <DatePickerInput
        {...CALENDAR}
        aria-label="Day"
        value={date ?? null}
        onChange={change}
        valueFormat="ddd D MMM YYYY"
        {...(latest !== undefined && { maxDate: latest })}
        className={classes.day}
      />
      <ActionIcon
        variant="default"
        size={36}
        aria-label="Day after"
        disabled={isLatest}
        onClick={() => date && change(addDays(date, 1))}
      >
        <IconChevronRight size={18} aria-hidden />
      </ActionIcon>
    </div>
  )
}
