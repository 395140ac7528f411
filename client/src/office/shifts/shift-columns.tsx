import type { ShiftSummary } from '@evertill/shared/protocol/office/shifts'
import { Money } from '../../app/money.tsx'
import { Difference } from '../parts/difference.tsx'
import { ExceptionMark } from '../parts/exception-mark.tsx'
import { TextLink } from '../parts/links.tsx'
import { RowCard } from '../parts/row-card.tsx'
import { useRowMain } from '../parts/row-main.tsx'
import { columnsFor } from '../parts/table-parts.ts'
import { When } from '../parts/when.tsx'
import { ShiftState } from './shift-state.tsx'

const column = columnsFor<ShiftSummary>()

export const shiftColumns = column.columns([
  column.accessor((shift) => shift.openedAt ?? '', {
    id: 'opened',
    header: 'Opened',
    cell: ({ row }) => <ShiftLink shift={row.original} />,
    meta: { width: '166px' },
  }),
  // What is cut on a narrow screen is the outlet.
  column.accessor((shift) => `${shift.tillName} · ${shift.outletName}`, { id: 'where', header: 'Where' }),
  column.accessor((shift) => cashierOf(shift), {
    id: 'cashier',
    header: 'Cashier',
    meta: { width: '112px' },
  }),
  column.accessor((shift) => shift.closedAt ?? '', {
    id: 'closed',
    header: 'Closed',
    cell: ({ row: { original: shift } }) =>
      shift.closedAt === null ? (
        '–'
      ) : (
        <When at={shift.closedAt} outletName={shift.outletName} since={shift.openedAt} />
      ),
    meta: { width: '84px' },
  }),
  column.accessor('state', {
    header: 'State',
    cell: ({ row }) => <ShiftState state={row.original.state} />,
    meta: { width: '150px' },
  }),
  column.accessor('expected', {
    header: 'Expected',
    cell: ({ row }) => <Money amount={row.original.expected} />,
    meta: { align: 'end', width: '92px' },
  }),
  column.accessor('counted', {
    header: 'Counted',
    cell: ({ row: { original: shift } }) => (shift.counted === null ? '–' : <Money amount={shift.counted} />),
    meta: { align: 'end', width: '92px' },
  }),
  column.accessor('difference', {
    header: 'Difference',
    cell: ({ row }) => <Difference amount={row.original.difference} />,
    meta: { align: 'end', width: '132px' },
  }),
])

/** Who opened the drawer, and who closed it where that was another. */
function cashierOf({ openedBy, closedBy }: ShiftSummary): string {
  if (openedBy === null) return closedBy ?? 'Not known yet'
  return closedBy === null || closedBy === openedBy ? openedBy : `${openedBy}, closed by ${closedBy}`
}

function Opened({ shift }: { shift: ShiftSummary }) {
  return shift.openedAt === null ? (
    'Not arrived yet'
  ) : (
    <When at={shift.openedAt} outletName={shift.outletName} />
  )
}

function ShiftLink({ shift }: { shift: ShiftSummary }) {
  const main = useRowMain()
  return (
    <>
      <TextLink to="/shifts/$shiftId" params={{ shiftId: shift.shiftId }} inherit {...main}>
        <Opened shift={shift} />
      </TextLink>{' '}
      <ExceptionMark count={shift.exceptions} />
    </>
  )
}

export function ShiftCard({ shift }: { shift: ShiftSummary }) {
  return (
    <RowCard
      link={{ to: '/shifts/$shiftId', params: { shiftId: shift.shiftId } }}
      title={
        <>
          <Opened shift={shift} /> <ExceptionMark count={shift.exceptions} />
        </>
      }
      quiet={`${shift.tillName} · ${cashierOf(shift)}`}
      end={
        shift.state === 'closed' ? (
          <Difference amount={shift.difference} />
        ) : (
          <ShiftState state={shift.state} />
        )
      }
    />
  )
}
