import type { JournalEntry } from '@evertill/shared/protocol/office/journal'
import { countText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import { KindMark } from '../parts/kind-mark.tsx'
import { TextLink } from '../parts/links.tsx'
import { columnsFor } from '../parts/table-parts.ts'
import { When } from '../parts/when.tsx'
import { aboutText, ENTRY_KIND_WORDS } from '../words/entry-words.ts'
import classes from './journal.module.css'

/** The outlet is known from the page; times are told by its clock. */
export interface EntryRow extends JournalEntry {
  readonly outletName: string | null
}

const column = columnsFor<EntryRow>()

export const entryColumns = column.columns([
  column.accessor('seq', {
    header: 'No.',
    cell: ({ row }) => <span title={`Epoch ${row.original.epoch}`}>{countText(row.original.seq)}</span>,
    meta: { width: '64px' },
  }),
  column.accessor('at', {
    header: 'When',
    cell: ({ row }) => <When at={row.original.at} outletName={row.original.outletName} />,
    meta: { width: '168px' },
  }),
  column.accessor((entry) => ENTRY_KIND_WORDS[entry.kind], {
    id: 'kind',
    header: 'What',
    cell: ({ row }) => <EntryKindCell entry={row.original} />,
    meta: { width: '152px' },
  }),
  column.accessor((entry) => aboutText(entry), {
    id: 'about',
    header: 'About',
    cell: ({ row }) => <About entry={row.original} />,
  }),
  column.accessor((entry) => entry.staffName ?? 'Not known', {
    id: 'staff',
    header: 'By',
    meta: { width: '160px' },
  }),
  column.accessor((entry) => entry.amount ?? 0, {
    id: 'amount',
    header: 'Amount',
    cell: ({ row }) => (row.original.amount === null ? '' : <Money amount={row.original.amount} />),
    meta: { align: 'end', width: '110px' },
  }),
])

function EntryKindCell({ entry }: { entry: EntryRow }) {
  return entry.kind === 'refund' || entry.kind === 'void' ? (
    <KindMark kind={entry.kind} />
  ) : (
    ENTRY_KIND_WORDS[entry.kind]
  )
}

/** A sale has a page of its own, and so has a shift. */
function About({ entry }: { entry: EntryRow }) {
  const words = aboutText(entry)
  if (entry.receiptNo !== null) {
    return (
      <TextLink to="/sales/$saleId" params={{ saleId: entry.entryId }} inherit>
        {words}
      </TextLink>
    )
  }
  if ((entry.kind === 'shift-opened' || entry.kind === 'shift-closed') && entry.shiftId !== null) {
    return (
      <TextLink to="/shifts/$shiftId" params={{ shiftId: entry.shiftId }} inherit>
        {words}
      </TextLink>
    )
  }
  return words
}

export function EntryCard({ entry }: { entry: EntryRow }) {
  return (
    <div className={classes.card}>
      <span>
        <span className={classes.title}>
          <EntryKindCell entry={entry} />
          {aboutText(entry) !== '' && ' · '}
          <About entry={entry} />
        </span>
        <span className={classes.quiet}>
          <When at={entry.at} outletName={entry.outletName} /> · {entry.staffName ?? 'Not known'}
        </span>
      </span>
      {entry.amount !== null && <Money amount={entry.amount} />}
    </div>
  )
}
