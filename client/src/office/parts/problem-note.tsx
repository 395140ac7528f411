import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { isSignedOut, messageOf } from '../api/office-error.ts'

interface ProblemNoteProps {
  readonly error: unknown
  /** Elsewhere an ended session is asked about over the page, and not told a second time. */
  readonly signingIn?: boolean
  /** What more is known of it. */
  readonly children?: ReactNode
}

/** What went wrong with something a person just asked for, next to where they asked. */
export function ProblemNote({ error, signingIn, children }: ProblemNoteProps) {
  if (error === null || error === undefined) return null
  if (isSignedOut(error) && !signingIn) return null
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} role="alert" py="sm">
      {messageOf(error)} {children}
    </Alert>
  )
}
