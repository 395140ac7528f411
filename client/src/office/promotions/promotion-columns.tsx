import type { PromotionSummary } from '@evertill/shared/protocol/office/promotions'
import { useCurrency } from '../../app/money.tsx'
import { useNow } from '../office-context.tsx'
import { TextLink } from '../parts/links.tsx'
import { RowCard } from '../parts/row-card.tsx'
import { useRowMain } from '../parts/row-main.tsx'
import { columnsFor } from '../parts/table-parts.ts'
import { useTimeZone } from '../parts/use-time-zone.ts'
import { When } from '../parts/when.tsx'
import { dateIn } from '../words/dates.ts'
import { PromotionStateChip } from './promotion-state-chip.tsx'
import { goodsWords, offerWords, peopleWords, whenWords } from './promotion-words.ts'

interface RowProps {
  readonly row: PromotionSummary
}

const column = columnsFor<PromotionSummary>()

export const promotionColumns = column.columns([
  column.accessor('name', {
    header: 'Promotion',
    cell: ({ row }) => <PromotionLink row={row.original} />,
    meta: { width: '24%' },
  }),
  column.accessor('state', {
    header: 'State',
    cell: ({ row }) => <PromotionStateChip state={row.original.state} />,
    meta: { width: '124px' },
  }),
  column.display({
    id: 'offer',
    header: 'What it gives',
    cell: ({ row }) => <Offer row={row.original} />,
  }),
  column.accessor((row) => goodsWords(row.goods), { id: 'goods', header: 'On' }),
  column.display({
    id: 'when',
    header: 'When',
    cell: ({ row }) => <WhenOn row={row.original} />,
    meta: { width: '24%' },
  }),
  column.accessor((row) => peopleWords(row.tiers), { id: 'people', header: 'For', meta: { width: '12%' } }),
])

function PromotionLink({ row }: RowProps) {
  const main = useRowMain()
  return (
    <TextLink to="/promotions/$promotionId" params={{ promotionId: row.promotionId }} inherit {...main}>
      {row.name}
    </TextLink>
  )
}

function Offer({ row }: RowProps) {
  return offerWords(row.offer, useCurrency())
}

function WhenOn({ row }: RowProps) {
  const today = dateIn(useNow(), useTimeZone()())
  if (row.endedAt !== null)
    return (
      <>
        Ended by hand, <When at={row.endedAt} />
      </>
    )
  return whenWords(row, today)
}

export function PromotionCard({ row }: RowProps) {
  return (
    <RowCard
      link={{ to: '/promotions/$promotionId', params: { promotionId: row.promotionId } }}
      title={row.name}
      quiet={
        <>
          <Offer row={row} /> · {goodsWords(row.goods)}
        </>
      }
      end={<PromotionStateChip state={row.state} />}
    />
  )
}
