import { VisuallyHidden } from '@mantine/core'
import { IconMapQuestion } from '@tabler/icons-react'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { EmptyState } from '../../app/empty-state.tsx'
import { ErrorState } from '../../app/error-state.tsx'
import { messageOf } from '../api/office-error.ts'
import { TextLink } from '../parts/links.tsx'

/** When a page cannot even be opened, such as with the server away. */
export function RouteFailure({ error }: ErrorComponentProps) {
  const router = useRouter()
  return (
    <main>
      <title>Evertill</title>
      <VisuallyHidden component="h1">Evertill head office</VisuallyHidden>
      <ErrorState title="This page did not open." onRetry={() => void router.invalidate()}>
        {messageOf(error)}
      </ErrorState>
    </main>
  )
}

export function NotFound() {
  return (
    <main>
      <title>Not found · Evertill</title>
      <VisuallyHidden component="h1">Not found</VisuallyHidden>
      <EmptyState
        icon={IconMapQuestion}
        title="There is no such page."
        action={<TextLink to="/">Go to Today</TextLink>}
      >
        The address may be mistyped, or it is from another version.
      </EmptyState>
    </main>
  )
}
