import type { Permission } from '@evertill/shared/domain/permission'
import { type ReactNode, useState } from 'react'
import type { Approval } from '../../store/permit.ts'
import { useStaff } from '../till-context.tsx'
import { ApprovalDialog } from './approval-dialog.tsx'

type Act = (approval: Approval | undefined) => void

interface Asked {
  readonly run: Act
  /** What is to be allowed, in words for who allows it. */
  readonly about: string | undefined
}

/** Does it at once for whoever may; otherwise asks somebody who may for a PIN first. Render `dialog` somewhere. */
export function useApproval(permission: Permission): {
  /** @param about what it is, in words for who is asked: they see nothing of the screen behind */
  readonly withApproval: (act: Act, about?: string) => void
  readonly dialog: ReactNode
} {
  const staff = useStaff()
  const [asked, setAsked] = useState<Asked>()
  return {
    withApproval: (run, about) => {
      if (staff.permissions.includes(permission)) run(undefined)
      else setAsked({ run, about })
    },
    dialog: asked && (
      <ApprovalDialog
        permission={permission}
        about={asked.about}
        onClose={() => setAsked(undefined)}
        onApproved={(approval) => {
          setAsked(undefined)
          asked.run(approval)
        }}
      />
    ),
  }
}
