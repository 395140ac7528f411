import { Button, Loader } from '@mantine/core'
import { messageOf } from '../api/office-error.ts'

interface ListFooterProps {
  readonly query: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly isFetchNextPageError: boolean
    readonly error: Error | null
    fetchNextPage(): Promise<unknown>
  }
  /** Once everything is here: `All 312 sales`. */
  readonly complete: string
}

/** The end of a list that grows as one reads on. */
export function ListFooter({ query, complete }: ListFooterProps) {
  if (query.isFetchNextPageError) {
    return (
      <span role="alert">
        {messageOf(query.error)}{' '}
        <Button variant="default" size="xs" onClick={() => void query.fetchNextPage()}>
          Try again
        </Button>
      </span>
    )
  }
  if (query.hasNextPage) {
    return (
      <span role="status">
        <Loader size="xs" aria-hidden /> Loading more
      </span>
    )
  }
  return <span>{complete}</span>
}
