import type { StaffDetail } from '@evertill/shared/protocol/office/staff'
import { IconCheck, IconUserOff } from '@tabler/icons-react'
import { StatusChip } from '../../app/status-chip.tsx'
import { TextLink } from '../parts/links.tsx'
import { RowCard } from '../parts/row-card.tsx'
import { useRowMain } from '../parts/row-main.tsx'
import { columnsFor } from '../parts/table-parts.ts'
import { When } from '../parts/when.tsx'

const column = columnsFor<StaffDetail>()

export const staffColumns = column.columns([
  column.accessor('name', {
    header: 'Name',
    cell: ({ row }) => <StaffLink person={row.original} />,
    meta: { width: '36%' },
  }),
  column.accessor('role', { header: 'Role' }),
  column.accessor((person) => (person.retiredAt === null ? 0 : 1), {
    id: 'state',
    header: 'At the tills',
    cell: ({ row }) => <StaffState person={row.original} short />,
    meta: { width: '160px' },
  }),
])

function StaffLink({ person }: { person: StaffDetail }) {
  const main = useRowMain()
  return (
    <TextLink to="/staff/$staffId" params={{ staffId: person.staffId }} search={true} inherit {...main}>
      {person.name}
    </TextLink>
  )
}

interface StaffStateProps {
  readonly person: StaffDetail
  /** Without since when. */
  readonly short?: boolean
}

export function StaffState({ person: { retiredAt }, short = false }: StaffStateProps) {
  if (retiredAt === null)
    return (
      <StatusChip tone="safe" icon={IconCheck}>
        On the list
      </StatusChip>
    )
  return (
    <StatusChip tone="plain" icon={IconUserOff}>
      Off the list
      {!short && (
        <>
          {' since '}
          <When at={retiredAt} />
        </>
      )}
    </StatusChip>
  )
}

export function StaffCard({ person }: { person: StaffDetail }) {
  return (
    <RowCard
      link={{ to: '/staff/$staffId', params: { staffId: person.staffId }, search: true }}
      title={person.name}
      quiet={person.role}
      end={person.retiredAt !== null && <StaffState person={person} short />}
    />
  )
}
