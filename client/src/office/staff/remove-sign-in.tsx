import type { SignInDetail } from '@evertill/shared/protocol/office/sign-ins'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useOffice } from '../office-context.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { sayDone } from '../parts/notes.ts'
import { useSignOut } from '../session/use-sign-out.ts'
import { reloadSignIns } from './sign-in-queries.ts'

interface RemoveSignInProps {
  readonly signIn: SignInDetail
  readonly isOwn: boolean
  readonly opened: boolean
  readonly onClose: () => void
  readonly onDone: () => Promise<void>
}

export function RemoveSignIn({
  signIn: { signInId, name, email },
  isOwn,
  opened,
  onClose,
  onDone,
}: RemoveSignInProps) {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const signOut = useSignOut()
  const remove = useMutation({
    mutationFn: async () => {
      await api.removeSignIn(signInId)
      onClose()
      if (isOwn) return signOut()
      sayDone(`${name} cannot sign in any more, and is signed out.`)
      await onDone()
      await reloadSignIns(queryClient)
    },
  })
  return (
    <Confirm
      opened={opened}
      title={isOwn ? 'Take away your own access?' : `Take ${name}’s access away?`}
      confirm={isOwn ? 'Take my own access away' : 'Take access away'}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      {isOwn
        ? `This is your own sign-in. You are signed out at once, and ${email} opens head office no more until somebody else adds it.`
        : `${email} opens head office no more, and wherever ${name} is signed in, they are signed out at once. What they did keeps their name. At the tills nothing changes: there, people are on the list of Staff.`}
    </Confirm>
  )
}
