import type { ExceptionRow } from '@evertill/shared/protocol/office/exceptions'
import { TextLink } from '../parts/links.tsx'
import { RowCard } from '../parts/row-card.tsx'
import { useRowMain } from '../parts/row-main.tsx'
import { columnsFor } from '../parts/table-parts.ts'
import { When } from '../parts/when.tsx'
import classes from './exception.module.css'
import { ExceptionSummary } from './exception-summary.tsx'
import { exceptionWords } from './exception-words.ts'

const column = columnsFor<ExceptionRow>()

export const exceptionColumns = column.columns([
  column.accessor('type', {
    header: 'What',
    cell: ({ row }) => <ExceptionLink row={row.original} />,
    meta: { width: '24%' },
  }),
  column.display({
    id: 'about',
    header: 'About',
    cell: ({ row }) => <ExceptionSummary row={row.original} />,
  }),
  column.accessor((row) => place(row), { id: 'where', header: 'Where', meta: { width: '20%' } }),
  column.accessor((row) => row.receiptNo ?? '', { id: 'receipt', header: 'Receipt', meta: { width: '13%' } }),
  column.accessor('raisedAt', {
    header: 'Raised',
    cell: ({ row }) => <When at={row.original.raisedAt} outletName={row.original.outletName} relative />,
    meta: { width: '110px' },
  }),
])

const place = (row: ExceptionRow) =>
  [row.outletName, row.tillName].filter((name) => name !== null).join(' · ')

const openIt = (row: ExceptionRow) => ({
  to: '/exceptions' as const,
  search: (old: { state?: 'open' | 'resolved' | undefined }) => ({ ...old, id: row.exceptionId }),
})

function ExceptionLink({ row }: { row: ExceptionRow }) {
  const main = useRowMain()
  return (
    <TextLink {...openIt(row)} inherit {...main}>
      {exceptionWords(row).title}
    </TextLink>
  )
}

export function ExceptionCard({ row }: { row: ExceptionRow }) {
  return (
    <RowCard
      link={openIt(row)}
      title={exceptionWords(row).title}
      quiet={
        <>
          <span className={classes.about}>
            <ExceptionSummary row={row} />
          </span>
          {place(row)}
        </>
      }
      end={<When at={row.raisedAt} outletName={row.outletName} relative />}
    />
  )
}
