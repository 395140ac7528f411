import { IconDoorEnter, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { EmptyState } from '../../app/empty-state.tsx'
import { useOffice } from '../office-context.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { ButtonLink } from '../parts/links.tsx'
import { Page } from '../parts/page.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { TableSkeleton } from '../parts/table-skeleton.tsx'
import { countOf } from '../words/count-words.ts'
import { SignInCard, signInColumns } from './sign-in-columns.tsx'
import { signInsQuery } from './sign-in-queries.ts'
import { StaffNav } from './staff-nav.tsx'

/** Who opens head office, with an e-mail address and a password. */
export function SignInsPage() {
  const { api } = useOffice()
  const query = useQuery(signInsQuery(api))
  return (
    <Page
      title="Sign-ins"
      filled
      above={<StaffNav />}
      action={
        <ButtonLink to="/staff/sign-ins/new" leftSection={<IconPlus size={16} aria-hidden />}>
          Add a sign-in
        </ButtonLink>
      }
    >
      <QueryState query={query} failed="The sign-ins did not load." skeleton={<TableSkeleton />}>
        {(signIns) =>
          signIns.length === 0 ? (
            <EmptyState icon={IconDoorEnter} title="Who signs in appears here.">
              Add somebody by their e-mail address, and they sign in with a password made for them.
            </EmptyState>
          ) : (
            <DataTable
              label="Sign-ins"
              columns={signInColumns}
              rows={signIns}
              rowId={(signIn) => signIn.signInId}
              compact={(signIn) => <SignInCard signIn={signIn} />}
              footer={countOf(signIns.length, 'sign-in')}
            />
          )
        }
      </QueryState>
      <Outlet />
    </Page>
  )
}
