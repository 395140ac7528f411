import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { tillsQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { BackLink } from '../parts/back-link.tsx'
import { Page } from '../parts/page.tsx'
import { useMay } from '../session/use-session.ts'
import { EntryList } from './entry-list.tsx'
import { KindFilter } from './kind-filter.tsx'

const route = getRouteApi('/desk/tills/$tillId/journal')

/** Everything a till wrote down, as far as it is here. */
export function JournalPage() {
  const { api } = useOffice()
  const { tillId } = route.useParams()
  const { kind } = route.useSearch()
  const navigate = useNavigate({ from: '/tills/$tillId/journal' })
  const mayView = useMay('till.view')
  const tills = useQuery({ ...tillsQuery(api), enabled: mayView })
  const till = tills.data?.find((candidate) => candidate.tillId === tillId)
  return (
    <Page
      title={till === undefined ? 'Journal' : `Journal of ${till.name}`}
      above={<BackLink to="/tills">Tills</BackLink>}
      filled
      filters={
        <KindFilter
          kind={kind}
          onChange={(chosen) => void navigate({ search: (old) => ({ ...old, kind: chosen }), replace: true })}
        />
      }
    >
      <EntryList of={{ tillId }} kind={kind} outletName={till?.outletName ?? null} label="Journal" />
    </Page>
  )
}
