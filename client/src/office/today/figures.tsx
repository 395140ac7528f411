import type { ReactNode } from 'react'
import { countText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import { countOf } from '../words/count-words.ts'
import { dateText } from '../words/dates.ts'
import { comparedWith, SAME } from '../words/today-words.ts'
import type { DayFigures } from './day-figures.ts'
import classes from './today.module.css'

interface FiguresProps {
  readonly day: DayFigures
  readonly before: { readonly date: string; readonly figures: DayFigures } | undefined
  /** A day that is still running is not measured against a whole one. */
  readonly running: boolean
}

const FIGURES = [
  { key: 'total', label: 'Takings', money: true },
  { key: 'sales', label: 'Sales', money: false },
  { key: 'average', label: 'Average sale', money: true },
  { key: 'tax', label: 'GST', money: true },
] as const

export function Figures({ day, before, running }: FiguresProps) {
  return (
    <dl className={classes.figures}>
      {FIGURES.map(({ key, label, money }) => {
        const show = (value: number) => (money ? <Money amount={value} /> : countText(value))
        return (
          <div key={key} className={classes.figure}>
            <dt>
              {label}
              {key === 'sales' && day.refunds > 0 && (
                <span className={classes.refunds}>{countOf(day.refunds, 'refund')}</span>
              )}
            </dt>
            <dd className={classes.value}>{show(day[key])}</dd>
            {key === 'total' && day.issued !== 0 && (
              <dd className={classes.part}>
                of this, put on gift cards and vouchers <Money amount={day.issued} />
              </dd>
            )}
            <dd className={classes.before}>
              {before && (
                <Compared
                  words={running ? undefined : comparedWith(day[key], before.figures[key])}
                  date={before.date}
                  running={running}
                >
                  {show(before.figures[key])}
                </Compared>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

interface ComparedProps {
  readonly words: string | undefined
  readonly date: string
  readonly running: boolean
  readonly children: ReactNode
}

function Compared({ words, date, running, children }: ComparedProps) {
  if (running || words === undefined) {
    return (
      <>
        {running && 'All of '}
        {dateText(date)}: {children}
      </>
    )
  }
  return `${words} ${words === SAME ? 'as' : 'than'} ${dateText(date)}`
}
