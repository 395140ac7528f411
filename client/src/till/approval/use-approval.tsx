import type { Permission } from '@evertill/shared/domain/permission'
import { type ReactNode, useState } from 'react'
import type { Approval } from '../../store/permit.ts'
import { useStaff } from '../till-context.tsx'
import { ApprovalDialog } from './approval-dialog.tsx'

type Act = (approval: Approval | undefined) => void

/** Does it at once for whoever may; otherwise asks somebody who may for a PIN first. Render `dialog` somewhere. */
export function useApproval(permission: Permission): {
  readonly withApproval: (act: Act) => void
  readonly dialog: ReactNode
} {
  const staff = useStaff()
  const [act, setAct] = useState<{ readonly run: Act }>()
  return {
    withApproval: (run) => {
      if (staff.permissions.includes(permission)) run(undefined)
      else setAct({ run })
    },
    dialog: act && (
      <ApprovalDialog
        permission={permission}
        onClose={() => setAct(undefined)}
        onApproved={(approval) => {
          setAct(undefined)
          act.run(approval)
        }}
      />
    ),
  }
}
