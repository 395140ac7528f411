import { isOwner } from '@evertill/shared/domain/permission'
import type { RoleDetail } from '@evertill/shared/protocol/office/roles'
import type { SignInDetail } from '@evertill/shared/protocol/office/sign-ins'
import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconInfoCircle, IconKey, IconUserOff } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useOffice } from '../office-context.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { Fact, Facts } from '../parts/facts.tsx'
import { TextLink } from '../parts/links.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { useSession } from '../session/use-session.ts'
import { MadePassword } from './made-password.tsx'
import { NewSignInForm } from './new-sign-in-form.tsx'
import { RemoveSignIn } from './remove-sign-in.tsx'
import { LastSignedIn } from './sign-in-columns.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { reloadSignInList, signInsToEditQuery } from './sign-in-queries.ts'
import classes from './staff.module.css'
import { rolesToEditQuery } from './staff-queries.ts'

const route = getRouteApi('/desk/staff/sign-ins/$signInId')

/** Somebody new, over the list. */
export function NewSignIn() {
  const { api } = useOffice()
  const close = useClose()
  const roles = useQuery(rolesToEditQuery(api))
  const own = useSession()?.permissions ?? []
  return (
    <SidePanel opened onClose={() => void close()} title="Add a sign-in">
      <QueryState query={roles} failed="The roles did not load." skeleton={<Skeleton height={320} />}>
        {(all) => <NewSignInForm roles={all.filter((role) => isWithin(role, own))} onDone={close} />}
      </QueryState>
    </SidePanel>
  )
}

/** One sign-in over the list. */
export function EditSignIn() {
  const { api } = useOffice()
  const { signInId } = route.useParams()
  const close = useClose()
  const query = useQuery(signInsToEditQuery(api))
  const signIn = query.data?.find((one) => one.signInId === signInId)
  return (
    <SidePanel opened onClose={() => void close()} title={signIn?.name ?? 'Sign-in'}>
      <QueryState query={query} failed="The sign-ins did not load." skeleton={<Skeleton height={320} />}>
        {() =>
          signIn === undefined ? (
            <Text>There is no such sign-in.</Text>
          ) : (
            <SignInView key={signInId} signIn={signIn} onDone={close} />
          )
        }
      </QueryState>
    </SidePanel>
  )
}

function useClose(): () => Promise<void> {
  const navigate = useNavigate()
  return () => navigate({ to: '/staff/sign-ins' })
}

/** Nobody but an owner gives what they do not have. */
const isWithin = ({ role }: RoleDetail, own: readonly string[]) =>
  isOwner(own) || role.permissions.every((permission) => own.includes(permission))

interface SignInViewProps {
  readonly signIn: SignInDetail
  readonly onDone: () => Promise<void>
}

function SignInView({ signIn, onDone }: SignInViewProps) {
  const { api } = useOffice()
  const session = useSession()
  const roles = useQuery(rolesToEditQuery(api))
  const [removing, remove] = useDisclosure()
  const [password, setPassword] = useState<string>()
  const { name, email } = signIn
  const isOwn = email === session?.email
  if (password !== undefined)
    return <MadePassword name={name} email={email} password={password} onDone={() => void onDone()} />
  return (
    <Stack gap="lg">
      <Facts labels={112}>
        <Fact label="E-mail">{email}</Fact>
        <Fact label="Last signed in">
          <LastSignedIn signIn={signIn} />
        </Fact>
      </Facts>
      <QueryState query={roles} failed="The roles did not load." skeleton={<Skeleton height={200} />}>
        {(all) => {
          const own = session?.permissions ?? []
          const had = all.find(({ roleId }) => roleId === signIn.roleId)
          if (had !== undefined && !isWithin(had, own))
            return (
              <Alert color="blue" variant="light" icon={<IconInfoCircle aria-hidden />} py="sm">
                {name} may do more than you may, so somebody who may do all of that has to change this
                sign-in.
              </Alert>
            )
          return (
            <>
              <SignInForm
                key={signIn.version}
                signIn={signIn}
                roles={all.filter((role) => isWithin(role, own))}
                isOwn={isOwn}
                onDone={onDone}
              />
              <PasswordSection signIn={signIn} isOwn={isOwn} onMade={setPassword} />
              <section className={classes.section} aria-labelledby="access">
                <h2 id="access" className={classes.heading}>
                  Access
                </h2>
                <p className={classes.quiet}>
                  Whoever leaves should not sign in any more. What they did keeps their name.
                </p>
                <Button
                  variant="default"
                  color="red"
                  leftSection={<IconUserOff size={16} aria-hidden />}
                  onClick={remove.open}
                >
                  {isOwn ? 'Take your own access away…' : `Take ${name}’s access away…`}
                </Button>
              </section>
            </>
          )
        }}
      </QueryState>
      <RemoveSignIn signIn={signIn} isOwn={isOwn} opened={removing} onClose={remove.close} onDone={onDone} />
    </Stack>
  )
}

interface PasswordSectionProps {
  readonly signIn: SignInDetail
  readonly isOwn: boolean
  readonly onMade: (password: string) => void
}

function PasswordSection({ signIn: { signInId, name }, isOwn, onMade }: PasswordSectionProps) {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const [asked, ask] = useDisclosure()
  const make = useMutation({
    mutationFn: async () => {
      onMade(await api.makePassword(signInId))
      ask.close()
      await reloadSignInList(queryClient)
    },
  })
  return (
    <section className={classes.section} aria-labelledby="password">
      <h2 id="password" className={classes.heading}>
        Password
      </h2>
      {isOwn ? (
        <p className={classes.quiet}>
          Your own is changed under{' '}
          <TextLink to="/account" inherit underline="always">
            Your account
          </TextLink>
          .
        </p>
      ) : (
        <>
          <p className={classes.quiet}>Forgotten, or seen by somebody? A new one is made for them.</p>
          <Button variant="default" leftSection={<IconKey size={16} aria-hidden />} onClick={ask.open}>
            Make a new password…
          </Button>
        </>
      )}
      <Confirm
        opened={asked}
        title={`Make a new password for ${name}?`}
        confirm="Make a new password"
        tone="plain"
        pending={make.isPending}
        error={make.error}
        onConfirm={() => make.mutate()}
        onClose={ask.close}
      >
        The password they have opens nothing any more, and wherever they are signed in, they are signed out.
        You see the new one once.
      </Confirm>
    </section>
  )
}
