import type { ExceptionRow } from '@evertill/shared/protocol/office/exceptions'
import { IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { exceptionWords } from '../exceptions/exception-words.ts'
import { StateChip } from '../exceptions/state-chip.tsx'
import cards from '../parts/cards.module.css'
import classes from './sale.module.css'

/** What head office should look at about this sale, or this shift. */
export function SaleExceptions({ rows, about = 'sale' }: { rows: readonly ExceptionRow[]; about?: string }) {
  if (rows.length === 0) return null
  return (
    <section className={cards.card} aria-label={`Exceptions of this ${about}`}>
      <h2 className={cards.title}>Exceptions</h2>
      <ul className={classes.exceptions}>
        {rows.map((row) => (
          <li key={row.exceptionId}>
            <Link
              to="/exceptions"
              search={{
                id: row.exceptionId,
                ...(row.state === 'resolved' && { state: 'resolved' as const }),
              }}
              className={classes.exception}
            >
              <span>
                {exceptionWords(row).title}
                <StateChip state={row.state} />
              </span>
              <IconChevronRight size={16} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
