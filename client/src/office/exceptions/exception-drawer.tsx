import { Skeleton, Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { EmptyState } from '../../app/empty-state.tsx'
import { exceptionsQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { TextLink } from '../parts/links.tsx'
import { usePaged } from '../parts/paged.ts'
import { SidePanel } from '../parts/side-panel.tsx'
import { ExceptionView } from './exception-view.tsx'
import { exceptionWords } from './exception-words.ts'

interface ExceptionDrawerProps {
  readonly exceptionId: string | undefined
  readonly state: 'open' | 'resolved'
  readonly onClose: () => void
}

export function ExceptionDrawer({ exceptionId, state, onClose }: ExceptionDrawerProps) {
  const { api } = useOffice()
  const query = useInfiniteQuery(exceptionsQuery(api, state))
  const { rows, onEnd } = usePaged(query)
  const row = rows.find((candidate) => candidate.exceptionId === exceptionId)
  // An older one stands further down than what has been read so far.
  const missing = exceptionId !== undefined && row === undefined
  useEffect(() => {
    if (missing) onEnd()
  }, [missing, onEnd])

  return (
    <SidePanel
      opened={exceptionId !== undefined}
      onClose={onClose}
      title={row === undefined ? 'Exception' : exceptionWords(row).title}
    >
      {row !== undefined && <ExceptionView key={row.exceptionId} row={row} onResolved={onClose} />}
      {missing && (query.hasNextPage || query.isFetching) && (
        <Stack aria-busy="true">
          <Skeleton height={80} />
          <Skeleton height={160} />
        </Stack>
      )}
      {missing && !query.hasNextPage && !query.isFetching && (
        <EmptyState
          title={state === 'open' ? 'It is no longer open.' : 'It is not among the resolved ones.'}
          action={
            <TextLink
              to="/exceptions"
              search={{ id: exceptionId, state: state === 'open' ? 'resolved' : undefined }}
            >
              {state === 'open' ? 'Look among the resolved' : 'Look among the open'}
            </TextLink>
          }
        />
      )}
    </SidePanel>
  )
}
