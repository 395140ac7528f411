import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { saleQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { BackLink } from '../parts/back-link.tsx'
import cards from '../parts/cards.module.css'
import { Page } from '../parts/page.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { SALE_KIND_WORDS } from '../words/sale-words.ts'
import { ExchangedWith } from './exchanged-with.tsx'
import { JournalFacts } from './journal-facts.tsx'
import { SaleExceptions } from './sale-exceptions.tsx'
import { SaleReceipt } from './sale-receipt.tsx'
import { TakenBack } from './taken-back.tsx'

const route = getRouteApi('/desk/sales/$saleId')

export function SalePage() {
  const { api } = useOffice()
  const { saleId } = route.useParams()
  const query = useQuery(saleQuery(api, saleId))
  return (
    <Page
      title={
        query.data === undefined ? 'Sale' : `${SALE_KIND_WORDS[query.data.kind]} ${query.data.receiptNo}`
      }
      above={<BackLink to="/sales">Sales</BackLink>}
    >
      <QueryState key={saleId} query={query} failed="This sale did not load." skeleton={<SaleSkeleton />}>
        {(sale) => (
          <div className={cards.columns}>
            <SaleReceipt sale={sale} />
            <div className={cards.side}>
              <ExchangedWith sale={sale} />
              <TakenBack sale={sale} />
              <SaleExceptions rows={sale.exceptionRows} />
              <JournalFacts sale={sale} />
            </div>
          </div>
        )}
      </QueryState>
    </Page>
  )
}

function SaleSkeleton() {
  return (
    <div className={cards.columns} aria-busy="true">
      <Skeleton height={520} />
      <Skeleton height={320} />
    </div>
  )
}
