import type { RoleDetail } from '@evertill/shared/protocol/office/roles'
import { TextLink } from '../parts/links.tsx'
import { RowCard } from '../parts/row-card.tsx'
import { useRowMain } from '../parts/row-main.tsx'
import { columnsFor } from '../parts/table-parts.ts'
import { limitWords } from './limit-words.ts'
import { havers, roleWords } from './permission-words.ts'

const column = columnsFor<RoleDetail>()

export const roleColumns = (money: (amount: number) => string) =>
  column.columns([
    column.accessor(({ role }) => role.name, {
      id: 'name',
      header: 'Role',
      cell: ({ row }) => <RoleLink role={row.original} />,
      meta: { width: '13%' },
    }),
    column.accessor(({ role }) => roleWords(role.permissions), { id: 'may', header: 'May do' }),
    column.accessor(({ role }) => limitWords(role, money), {
      id: 'limits',
      header: 'By themselves at most',
      meta: { width: '21%' },
    }),
    column.accessor(({ people, signIns }) => havers(people, signIns), {
      id: 'people',
      header: 'Who has it',
      meta: { width: '26%' },
    }),
  ])

function RoleLink({ role: { roleId, role } }: { role: RoleDetail }) {
  const main = useRowMain()
  return (
    <TextLink to="/staff/roles/$roleId" params={{ roleId }} inherit {...main}>
      {role.name}
    </TextLink>
  )
}

export function RoleCard({ role: { roleId, role, people, signIns } }: { role: RoleDetail }) {
  return (
    <RowCard
      link={{ to: '/staff/roles/$roleId', params: { roleId } }}
      title={role.name}
      quiet={
        <>
          {roleWords(role.permissions)}
          <br />
          {havers(people, signIns)}
        </>
      }
    />
  )
}
