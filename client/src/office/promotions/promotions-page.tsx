import { zPromotionState } from '@evertill/shared/protocol/office/promotions'
import { SegmentedControl } from '@mantine/core'
import { IconDiscount, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { EmptyState } from '../../app/empty-state.tsx'
import { useOffice } from '../office-context.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { ButtonLink } from '../parts/links.tsx'
import { ListFooter } from '../parts/list-footer.tsx'
import { Page } from '../parts/page.tsx'
import { usePaged } from '../parts/paged.ts'
import { QueryState } from '../parts/query-state.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { TableSkeleton } from '../parts/table-skeleton.tsx'
import { useMay } from '../session/use-session.ts'
import { countOf } from '../words/count-words.ts'
import { PromotionCard, promotionColumns } from './promotion-columns.tsx'
import { promotionsQuery } from './promotion-queries.ts'
import { STATE_WORDS } from './promotion-words.ts'

const route = getRouteApi('/desk/promotions')
const EVERY = 'all'

export function PromotionsPage() {
  const { api } = useOffice()
  const { q, show: state } = route.useSearch()
  const navigate = useNavigate({ from: '/promotions' })
  const mayEdit = useMay('catalogue.edit')
  const query = useInfiniteQuery(promotionsQuery(api, { q, state }))
  const { rows, onEnd } = usePaged(query)
  return (
    <Page
      title="Promotions"
      filled
      filters={
        <>
          <SegmentedControl
            aria-label="Show"
            value={state ?? EVERY}
            onChange={(shown) =>
              void navigate({
                search: (old) => ({ ...old, show: zPromotionState.safeParse(shown).data }),
                replace: true,
              })
            }
            data={[
              { value: EVERY, label: 'All' },
              ...zPromotionState.options.map((value) => ({ value, label: STATE_WORDS[value] })),
            ]}
          />
          <SearchField
            label="Search promotions"
            placeholder="Name"
            value={q}
            onSearch={(text) =>
              void navigate({ to: '.', search: (old) => ({ ...old, q: text }), replace: true })
            }
          />
        </>
      }
      action={
        mayEdit && (
          <ButtonLink to="/promotions/new" leftSection={<IconPlus size={16} aria-hidden />}>
            New promotion
          </ButtonLink>
        )
      }
    >
      <QueryState query={query} failed="The promotions did not load." skeleton={<TableSkeleton />}>
        {() => {
          if (rows.length > 0)
            return (
              <DataTable
                label="Promotions"
                columns={promotionColumns}
                rows={rows}
                rowId={(row) => row.promotionId}
                compact={(row) => <PromotionCard row={row} />}
                onEnd={onEnd}
                footer={<ListFooter query={query} complete={`${countOf(rows.length, 'promotion')} in all`} />}
              />
            )
          if (q !== undefined)
            return (
              <EmptyState icon={IconDiscount} title={`No promotion matches “${q}”.`}>
                Search finds words of the name. Those that ended are kept, too.
              </EmptyState>
            )
          return (
            <EmptyState icon={IconDiscount} title={EMPTY_TITLES[state ?? EVERY]}>
              Make one: something off, any 3 for a price, buy 2 get 1 free, a happy hour, a price for members.
              Tills apply it by themselves, offline too.
            </EmptyState>
          )
        }}
      </QueryState>
    </Page>
  )
}

const EMPTY_TITLES = {
  all: 'Your promotions appear here, and on every till.',
  running: 'What is on now appears here.',
  coming: 'What begins on a later day appears here.',
  ended: 'What has ended is kept here.',
} as const
