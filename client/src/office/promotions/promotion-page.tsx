import { Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useOffice } from '../office-context.tsx'
import { BackLink } from '../parts/back-link.tsx'
import { Page } from '../parts/page.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { PromotionEditor } from './promotion-editor.tsx'
import { promotionOptionsQuery, promotionQuery } from './promotion-queries.ts'

const newRoute = getRouteApi('/desk/promotions/new')
const oneRoute = getRouteApi('/desk/promotions/$promotionId')

/** A new one; with `copy` it begins as another one is. */
export function NewPromotion() {
  const { copy } = newRoute.useSearch()
  return <PromotionForm title="New promotion" from={copy} isNew />
}

export function EditPromotion() {
  const { promotionId } = oneRoute.useParams()
  const { api } = useOffice()
  const { data } = useQuery(promotionQuery(api, promotionId))
  return <PromotionForm title={data?.promotion.name ?? 'Promotion'} from={promotionId} />
}

interface PromotionFormProps {
  readonly title: string
  readonly from: string | undefined
  readonly isNew?: boolean
}

function PromotionForm({ title, from, isNew = false }: PromotionFormProps) {
  const { api } = useOffice()
  const options = useQuery(promotionOptionsQuery(api))
  const found = useQuery({ ...promotionQuery(api, from ?? ''), enabled: from !== undefined })
  return (
    <Page title={title} above={<BackLink to="/promotions">Promotions</BackLink>}>
      <QueryState query={options} failed="The categories and tiers did not load." skeleton={<FormSkeleton />}>
        {(choices) =>
          from === undefined ? (
            <PromotionEditor options={choices} isNew />
          ) : (
            <QueryState query={found} failed="This promotion did not load." skeleton={<FormSkeleton />}>
              {(detail) => (
                <PromotionEditor
                  key={`${from} ${detail.version}`}
                  detail={detail}
                  options={choices}
                  isNew={isNew}
                />
              )}
            </QueryState>
          )
        }
      </QueryState>
    </Page>
  )
}

function FormSkeleton() {
  return (
    <Stack gap="lg" aria-busy="true">
      {['offer', 'goods', 'when', 'people', 'name'].map((part) => (
        <Skeleton key={part} height={112} />
      ))}
    </Stack>
  )
}
