import type { EntryKind } from '@evertill/shared/protocol/entry'
import { IconClipboardList } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { EmptyState } from '../../app/empty-state.tsx'
import type { JournalOf } from '../api/office-api.ts'
import { entriesQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { ListFooter } from '../parts/list-footer.tsx'
import { usePaged } from '../parts/paged.ts'
import { QueryState } from '../parts/query-state.tsx'
import { TableSkeleton } from '../parts/table-skeleton.tsx'
import { countOf } from '../words/count-words.ts'
import { EntryCard, entryColumns } from './entry-columns.tsx'

interface EntryListProps {
  readonly of: JournalOf
  readonly kind: EntryKind | undefined
  readonly outletName: string | null
  readonly label: string
}

/** What happened at a till, or in a shift of it, the newest first. */
export function EntryList({ of, kind, outletName, label }: EntryListProps) {
  const { api } = useOffice()
  const query = useInfiniteQuery(entriesQuery(api, of, kind))
  const { rows, onEnd } = usePaged(query)
  const entries = useMemo(() => rows.map((row) => ({ ...row, outletName })), [rows, outletName])
  return (
    <QueryState query={query} failed="The journal did not load." skeleton={<TableSkeleton />}>
      {() =>
        entries.length > 0 ? (
          <DataTable
            label={label}
            columns={entryColumns}
            rows={entries}
            rowId={(entry) => entry.entryId}
            compact={(entry) => <EntryCard entry={entry} />}
            onEnd={onEnd}
            footer={
              <ListFooter query={query} complete={`${countOf(entries.length, 'entry', 'entries')} in all`} />
            }
          />
        ) : (
          <EmptyState
            icon={IconClipboardList}
            title={kind === undefined ? 'Nothing has arrived yet.' : 'Nothing of this kind has arrived.'}
          >
            Every sale, refund, shift, cash movement, opened drawer, approval and count shows here as it
            arrives.
          </EmptyState>
        )
      }
    </QueryState>
  )
}
