import type { ExceptionRow } from '@evertill/shared/protocol/office/exceptions'
import { Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { exceptionQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { ExceptionView } from './exception-view.tsx'
import { exceptionWords } from './exception-words.ts'

interface ExceptionDrawerProps {
  readonly exceptionId: string | undefined
  /** As the list under it has it, if it does: an older one stands further down than what has been read so far. */
  readonly listed: ExceptionRow | undefined
  readonly onClose: () => void
}

export function ExceptionDrawer({ exceptionId, listed, onClose }: ExceptionDrawerProps) {
  const { api } = useOffice()
  const query = useQuery({
    ...exceptionQuery(api, exceptionId ?? ''),
    enabled: exceptionId !== undefined,
    placeholderData: () => listed,
  })
  return (
    <SidePanel
      opened={exceptionId !== undefined}
      onClose={onClose}
      title={query.data === undefined ? 'Exception' : exceptionWords(query.data).title}
    >
      {exceptionId !== undefined && (
        <QueryState query={query} failed="This exception did not load." skeleton={<DrawerSkeleton />}>
          {(row) => <ExceptionView key={row.exceptionId} row={row} onResolved={onClose} />}
        </QueryState>
      )}
    </SidePanel>
  )
}

const DrawerSkeleton = () => (
  <Stack aria-busy="true">
    <Skeleton height={80} />
    <Skeleton height={160} />
  </Stack>
)
