import type { SignInDetail } from '@evertill/shared/protocol/office/sign-ins'
import { Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { StatusChip } from '../../app/status-chip.tsx'
import { TextLink } from '../parts/links.tsx'
import { RowCard } from '../parts/row-card.tsx'
import { useRowMain } from '../parts/row-main.tsx'
import { columnsFor } from '../parts/table-parts.ts'
import { When } from '../parts/when.tsx'

const column = columnsFor<SignInDetail>()

export const signInColumns = column.columns([
  column.accessor('name', {
    header: 'Name',
    cell: ({ row }) => <SignInLink signIn={row.original} />,
    meta: { width: '24%' },
  }),
  column.accessor('email', { header: 'E-mail' }),
  column.accessor('role', { header: 'Role', meta: { width: '18%' } }),
  column.accessor((signIn) => signIn.lastSignedInAt ?? '', {
    id: 'last',
    header: 'Last signed in',
    cell: ({ row }) => <LastSignedIn signIn={row.original} />,
    meta: { width: '200px' },
  }),
])

function SignInLink({ signIn: { signInId, name } }: { signIn: SignInDetail }) {
  const main = useRowMain()
  return (
    <TextLink to="/staff/sign-ins/$signInId" params={{ signInId }} inherit {...main}>
      {name}
    </TextLink>
  )
}

/** When, or that the password made for them still waits to be replaced. */
export function LastSignedIn({ signIn: { lastSignedInAt, firstPassword } }: { signIn: SignInDetail }) {
  if (firstPassword)
    return (
      <StatusChip tone="waiting" icon={IconKey}>
        {lastSignedInAt === null ? 'Not yet' : 'With a first password'}
      </StatusChip>
    )
  return lastSignedInAt === null ? '–' : <When at={lastSignedInAt} />
}

export function SignInCard({ signIn }: { signIn: SignInDetail }) {
  const { signInId, name, email, role } = signIn
  return (
    <RowCard
      link={{ to: '/staff/sign-ins/$signInId', params: { signInId } }}
      title={name}
      quiet={
        <>
          {role}
          <br />
          {email}
        </>
      }
      end={
        <Text size="sm" component="span" c="dimmed">
          <LastSignedIn signIn={signIn} />
        </Text>
      }
    />
  )
}
