import { useBlocker } from '@tanstack/react-router'
import { Confirm } from './confirm.tsx'

interface LeaveGuardProps {
  /** Asked when somebody is about to leave. */
  readonly unsaved: () => boolean
  /** What would be lost: “these settings”. */
  readonly what: string
}

/** Asks before what was typed and not saved is left behind. */
export function LeaveGuard({ unsaved, what }: LeaveGuardProps) {
  const leaving = useBlocker({ shouldBlockFn: unsaved, enableBeforeUnload: unsaved, withResolver: true })
  return (
    <Confirm
      opened={leaving.status === 'blocked'}
      title="Leave without saving?"
      confirm="Discard changes"
      cancel="Keep editing"
      onConfirm={() => leaving.proceed?.()}
      onClose={() => leaving.reset?.()}
    >
      What you changed on {what} is not saved yet.
    </Confirm>
  )
}
