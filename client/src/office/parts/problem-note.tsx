import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { messageOf } from '../api/office-error.ts'

/** What went wrong with something a person just asked for, next to where they asked. */
export function ProblemNote({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} role="alert" py="sm">
      {messageOf(error)}
    </Alert>
  )
}
