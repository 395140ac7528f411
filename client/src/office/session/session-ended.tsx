import { Anchor, Modal, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { sessionQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { sayFailed } from '../parts/notes.ts'
import { CredentialsForm } from './credentials-form.tsx'
import { useSignOut } from './use-sign-out.ts'

/** Asks for the password again over the page, so that what was typed on it is not lost. */
export function SessionEnded() {
  const { api, sessionEnd } = useOffice()
  const ended = useSyncExternalStore(sessionEnd.subscribe, sessionEnd.ended)
  const queryClient = useQueryClient()
  const { data: session } = useQuery({ ...sessionQuery(api), enabled: !ended })
  const signOut = useSignOut()

  const goOn = () => {
    sessionEnd.set(false)
    void queryClient.invalidateQueries()
  }
  return (
    <Modal
      opened={ended}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      // Over every panel and dialog of the page.
      zIndex={400}
      title="Sign in to go on"
      overlayProps={{ backgroundOpacity: 0.6, blur: 12 }}
    >
      <Stack gap="lg">
        <Text size="sm">
          Your session ended. Sign in and you are back where you were; what you typed is still there.
        </Text>
        <CredentialsForm {...(session && { email: session.email })} onSignedIn={goOn} />
        <Anchor component="button" type="button" size="sm" onClick={() => signOut().catch(sayFailed)}>
          Sign in as someone else
        </Anchor>
      </Stack>
    </Modal>
  )
}
