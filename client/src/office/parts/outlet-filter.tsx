import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { outletsQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'

/** The outlet every page is narrowed to; it stands in the address and goes along from page to page. */
export function OutletFilter() {
  const { api } = useOffice()
  const { outlet } = useSearch({ from: '/desk' })
  const navigate = useNavigate()
  const { data: outlets = [] } = useQuery(outletsQuery(api))
  // One outlet is no choice; one that a link asks for can still be taken away.
  if (outlets.length < 2 && outlet === undefined) return null
  return (
    <NativeSelect
      aria-label="Outlet"
      value={outlet ?? ''}
      onChange={(event) => {
        const chosen = event.currentTarget.value
        void navigate({
          to: '.',
          search: (search) => ({ ...search, outlet: chosen || undefined }),
          replace: true,
        })
      }}
      data={[
        { value: '', label: 'All outlets' },
        ...outlets.map(({ outletId, name }) => ({ value: outletId, label: name })),
      ]}
    />
  )
}
