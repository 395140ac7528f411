import type { TillSummary } from '@evertill/shared/protocol/office/tills'
import {
  IconAlertTriangle,
  IconCheck,
  IconClockExclamation,
  IconGhost,
  IconLock,
  IconLockOpen,
} from '@tabler/icons-react'
import { bytesText, countText } from '../../app/format.ts'
import { TextLink } from '../parts/links.tsx'
import marks from '../parts/marks.module.css'
import { RowCard } from '../parts/row-card.tsx'
import { useRowMain } from '../parts/row-main.tsx'
import { columnsFor } from '../parts/table-parts.ts'
import { When } from '../parts/when.tsx'
import { gapWords } from '../words/gap-words.ts'
import { clockWords } from '../words/time-words.ts'
import { TillStateChip } from './till-state-chip.tsx'

const column = columnsFor<TillSummary>()

export const tillColumns = column.columns([
  column.accessor('name', {
    header: 'Till',
    cell: ({ row }) => <TillLink till={row.original} />,
    meta: { width: '12%' },
  }),
  column.accessor('outletName', { header: 'Outlet', meta: { width: '12%' } }),
  column.accessor('state', {
    header: 'State',
    cell: ({ row }) => <TillStateChip till={row.original} short />,
    meta: { width: '150px' },
  }),
  column.accessor('lastContactAt', {
    header: 'Last contact',
    cell: ({ row }) => <LastContact till={row.original} />,
    meta: { width: '116px' },
  }),
  column.accessor('waiting', {
    header: 'Waiting',
    cell: ({ row }) => <Waiting till={row.original} />,
    meta: { align: 'end', width: '88px' },
  }),
  column.accessor('highWater', {
    header: 'Received to',
    cell: ({ row }) => <Received till={row.original} />,
  }),
  column.accessor('clockOffsetMs', {
    header: 'Clock',
    cell: ({ row }) => <Clock till={row.original} />,
    meta: { width: '132px' },
  }),
  column.accessor((till) => storageRisk(till), {
    id: 'storage',
    header: 'Storage',
    cell: ({ row }) => <Storage till={row.original} short />,
    meta: { width: '132px' },
  }),
])

function TillLink({ till }: { till: TillSummary }) {
  const main = useRowMain()
  return (
    <TextLink
      to="/tills"
      search={(old: { till?: string | undefined }) => ({ ...old, till: till.tillId })}
      inherit
      {...main}
    >
      {till.name}
    </TextLink>
  )
}

export function TillCard({ till }: { till: TillSummary }) {
  const gap = gapWords(till)
  return (
    <RowCard
      link={{ to: '/tills', search: (old: object) => ({ ...old, till: till.tillId }) }}
      title={
        <>
          {till.name} <TillStateChip till={till} />
        </>
      }
      quiet={
        <>
          {till.outletName}
          {till.waiting !== null && till.waiting > 0 && ` · ${countText(till.waiting)} waiting`}
          {gap !== undefined && ` · missing ${gap.toLowerCase()}`}
          {storageRisk(till) === 2 && ' · storage may vanish'}
        </>
      }
    />
  )
}

export function LastContact({ till }: { till: TillSummary }) {
  if (till.lastContactAt === null) return 'Never'
  return <When at={till.lastContactAt} outletName={till.outletName} relative />
}

export function Waiting({ till }: { till: TillSummary }) {
  return till.waiting === null ? '–' : countText(till.waiting)
}

/** How far the journal is here without a gap. */
function Received({ till }: { till: TillSummary }) {
  const gap = gapWords(till)
  if (gap === undefined) return countText(till.highWater)
  return (
    <>
      {countText(till.highWater)}{' '}
      <span className={marks.bad}>
        <IconAlertTriangle size={16} aria-hidden /> missing {gap.toLowerCase()}
      </span>
    </>
  )
}

export function Missing({ till }: { till: TillSummary }) {
  const gap = gapWords(till)
  if (gap === undefined) return 'None'
  return (
    <span className={marks.bad}>
      <IconAlertTriangle size={16} aria-hidden /> {gap}
    </span>
  )
}

export function Clock({ till }: { till: TillSummary }) {
  if (till.clockOffsetMs === null) return '–'
  const { right, words } = clockWords(till.clockOffsetMs)
  if (right) {
    return (
      <span className={marks.good}>
        <IconCheck size={16} aria-hidden /> {words}
      </span>
    )
  }
  return (
    <span className={marks.wait}>
      <IconClockExclamation size={16} aria-hidden /> {words}
    </span>
  )
}

/** 0 kept, 1 may be cleared, 2 may vanish with the window; −1 where the till has not said. */
function storageRisk({ storage, persisted }: TillSummary): number {
  if (storage !== null) return { persistent: 0, 'best-effort': 1, ephemeral: 2 }[storage]
  return persisted === null ? -1 : persisted ? 0 : 1
}

/** Whether what waits on the till would still be there tomorrow. */
export function Storage({ till, short }: { till: TillSummary; short?: boolean }) {
  const risk = storageRisk(till)
  if (risk === -1) return '–'
  const free = till.freeBytes === null || short ? '' : `, ${bytesText(till.freeBytes)} free`
  if (risk === 0) {
    return (
      <span className={marks.good}>
        <IconLock size={16} aria-hidden /> {short ? 'Kept' : `Kept by the browser${free}`}
      </span>
    )
  }
  if (risk === 1) {
    return (
      <span className={marks.wait}>
        <IconLockOpen size={16} aria-hidden />{' '}
        {short ? 'May be cleared' : `The browser may clear it when space runs low${free}`}
      </span>
    )
  }
  return (
    <span className={marks.bad}>
      <IconGhost size={16} aria-hidden />{' '}
      {short
        ? 'May vanish'
        : `Storage may vanish: this looks like a private window, which forgets its sales when it is closed${free}`}
    </span>
  )
}
