import { Skeleton } from '@mantine/core'
import { IconChecks, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { agoText } from '../../app/format.ts'
import { newestExceptionsQuery } from '../api/queries.ts'
import { exceptionWords } from '../exceptions/exception-words.ts'
import { useNow, useOffice } from '../office-context.tsx'
import { TextLink } from '../parts/links.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { countOf } from '../words/count-words.ts'
import classes from './today.module.css'

const SHOWN = 4

/** The newest open exceptions, each a step from its page. */
export function NeedsYou({ open }: { open: number }) {
  const { api } = useOffice()
  const now = useNow()
  const query = useQuery(newestExceptionsQuery(api))
  return (
    <section className={classes.card} aria-label="What needs you">
      <header className={classes.cardHead}>
        <h2 className={classes.cardTitle}>What needs you</h2>
      </header>
      <QueryState query={query} failed="The exceptions did not load." skeleton={<Skeleton height={200} />}>
        {(newest) => {
          const rows = newest.slice(0, SHOWN)
          if (rows.length === 0) {
            return (
              <p className={classes.allDone}>
                <IconChecks size={20} aria-hidden /> Nothing. Every sale arrived as expected.
              </p>
            )
          }
          return (
            <>
              <ul className={classes.needs}>
                {rows.map((row) => (
                  <li key={row.exceptionId}>
                    <Link to="/exceptions" search={{ id: row.exceptionId }} className={classes.need}>
                      <span>
                        <span className={classes.needTitle}>{exceptionWords(row).title}</span>
                        <span className={classes.quiet}>
                          {[row.outletName, row.tillName, agoText(new Date(row.raisedAt), now)]
                            .filter((part) => part !== null)
                            .join(' · ')}
                        </span>
                      </span>
                      <IconChevronRight size={16} aria-hidden />
                    </Link>
                  </li>
                ))}
              </ul>
              <TextLink to="/exceptions" size="sm">
                {open > rows.length ? `All ${countOf(open, 'open exception')}` : 'Open exceptions'}
              </TextLink>
            </>
          )
        }}
      </QueryState>
    </section>
  )
}
