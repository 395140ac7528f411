import type { Today } from '@evertill/shared/protocol/office/today'
import { Skeleton } from '@mantine/core'
import { IconBuildingStore, IconChartBar } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { EmptyState } from '../../app/empty-state.tsx'
import { dayQuery, todayQuery } from '../api/queries.ts'
import { useNow, useOffice } from '../office-context.tsx'
import { OutletFilter } from '../parts/outlet-filter.tsx'
import { Page } from '../parts/page.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { StaleNote } from '../parts/stale-note.tsx'
import { addDays, dateText } from '../words/dates.ts'
import { todaySentence } from '../words/today-words.ts'
import { dayFigures, hasTrade, hourBars } from './day-figures.ts'
import { DayFilter } from './day-filter.tsx'
import { EmailNote } from './email-note.tsx'
import { Figures } from './figures.tsx'
import { NeedsYou } from './needs-you.tsx'
import { OutletCard } from './outlet-card.tsx'
import classes from './today.module.css'

const HoursChart = lazy(async () => ({ default: (await import('./hours-chart.tsx')).HoursChart }))
const route = getRouteApi('/desk/')

export function TodayPage() {
  const { api } = useOffice()
  const { date, outlet } = route.useSearch()
  const navigate = useNavigate()
  const now = useNow()
  const latest = useQuery(todayQuery(api))
  const query = useQuery(todayQuery(api, date))
  const shown = query.data?.date
  const weekBefore = shown === undefined ? undefined : addDays(shown, -7)
  const before = useQuery({ ...dayQuery(api, weekBefore), enabled: weekBefore !== undefined }).data
  const running = shown !== undefined && shown === latest.data?.date

  return (
    <Page
      title={shown === undefined || running ? 'Today' : dateText(shown)}
      filters={
        <>
          <StaleNote query={query} />
          <OutletFilter />
          <DayFilter
            date={date ?? shown}
            latest={latest.data?.date}
            onChange={(day) =>
              void navigate({ to: '/', search: (old) => ({ ...old, date: day }), replace: true })
            }
          />
        </>
      }
    >
      <QueryState query={query} failed="Today’s figures did not load." skeleton={<TodaySkeleton />}>
        {(today) => {
          const outlets = today.outlets.filter((row) => outlet === undefined || row.outletId === outlet)
          const dayLabel = dateText(today.date)
          return (
            <>
              <p className={classes.sentence} role="status">
                {todaySentence(
                  outlets.flatMap((row) => row.tills),
                  {
                    openExceptions: today.openExceptions,
                    drawers: outlets.flatMap((row) => row.tills.flatMap((till) => till.drawers)).length,
                  },
                  now,
                )}
              </p>
              <EmailNote />
              <Figures
                day={dayFigures(today, outlet)}
                before={before && { date: before.date, figures: dayFigures(before, outlet) }}
                running={running}
              />
              <div className={classes.middle}>
                <section className={classes.card} aria-label="Sales by hour">
                  <header className={classes.cardHead}>
                    <h2 className={classes.cardTitle}>
                      Sales by hour{outlet !== undefined && ', all outlets'}
                    </h2>
                  </header>
                  {sold(today) || (before && sold(before)) ? (
                    <Suspense fallback={<Skeleton height={240} />}>
                      <HoursChart
                        bars={hourBars(today, before)}
                        dayLabel={dayLabel}
                        beforeLabel={dateText(addDays(today.date, -7))}
                      />
                    </Suspense>
                  ) : (
                    <EmptyState icon={IconChartBar} title="The day’s sales show here, hour by hour." />
                  )}
                </section>
                <NeedsYou open={today.openExceptions} />
              </div>
              <h2 className={classes.section}>By outlet</h2>
              {outlets.length === 0 ? (
                <EmptyState icon={IconBuildingStore} title="No outlet has sold anything on this day.">
                  Each outlet appears here with its tenders and tills as its first sale arrives.
                </EmptyState>
              ) : (
                <div className={classes.outlets}>
                  {outlets.map((row) => (
                    <OutletCard key={row.outletId} outlet={row} date={today.date} />
                  ))}
                </div>
              )}
            </>
          )
        }}
      </QueryState>
    </Page>
  )
}

const sold = (day: Today): boolean => day.hours.some(hasTrade)

function TodaySkeleton() {
  return (
    <div aria-busy="true" className={classes.skeleton}>
      <Skeleton height={28} maw={480} />
      <div className={classes.figures}>
        {['total', 'sales', 'average', 'tax'].map((key) => (
          <Skeleton key={key} height={104} />
        ))}
      </div>
      <div className={classes.middle}>
        <Skeleton height={312} />
        <Skeleton height={312} />
      </div>
    </div>
  )
}
