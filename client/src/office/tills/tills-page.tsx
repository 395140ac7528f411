import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDeviceTablet, IconLifebuoy, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { EmptyState } from '../../app/empty-state.tsx'
import { tillsQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { ButtonLink } from '../parts/links.tsx'
import { OutletFilter } from '../parts/outlet-filter.tsx'
import { Page } from '../parts/page.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { StaleNote } from '../parts/stale-note.tsx'
import { TableSkeleton } from '../parts/table-skeleton.tsx'
import { useMay } from '../session/use-session.ts'
import { countOf } from '../words/count-words.ts'
import { NewTill } from './new-till.tsx'
import { TillCard, tillColumns } from './till-columns.tsx'
import { TillDrawer } from './till-drawer.tsx'

const route = getRouteApi('/desk/tills')

export function TillsPage() {
  const { api } = useOffice()
  const { till: opened, outlet } = route.useSearch()
  const navigate = useNavigate({ from: '/tills' })
  const query = useQuery(tillsQuery(api))
  const mayEnrol = useMay('till.enrol')
  const [adding, newTill] = useDisclosure()
  const open = (till: string | undefined) => void navigate({ search: (old) => ({ ...old, till }) })
  return (
    <Page
      title="Tills"
      filled
      filters={
        <>
          <StaleNote query={query} />
          <OutletFilter />
        </>
      }
      action={
        mayEnrol && (
          <Group gap="xs">
            <ButtonLink
              to="/tills/rescue"
              variant="default"
              leftSection={<IconLifebuoy size={16} aria-hidden />}
            >
              Import rescue file
            </ButtonLink>
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={newTill.open}>
              New till
            </Button>
          </Group>
        )
      }
    >
      <QueryState query={query} failed="The tills did not load." skeleton={<TableSkeleton />}>
        {(all) => {
          const tills = all.filter((till) => outlet === undefined || till.outletId === outlet)
          return (
            <>
              {tills.length === 0 ? (
                <EmptyState icon={IconDeviceTablet} title="Your tills appear here.">
                  Add one, then open its link or scan its code with the device that will sell.
                </EmptyState>
              ) : (
                <DataTable
                  label="Tills"
                  columns={tillColumns}
                  rows={tills}
                  rowId={(till) => till.tillId}
                  compact={(till) => <TillCard till={till} />}
                  sortable
                  footer={countOf(tills.length, 'till')}
                />
              )}
              <TillDrawer till={all.find((till) => till.tillId === opened)} onClose={() => open(undefined)} />
            </>
          )
        }}
      </QueryState>
      <NewTill
        opened={adding}
        onClose={newTill.close}
        onAdded={(tillId) => {
          newTill.close()
          open(tillId)
        }}
      />
    </Page>
  )
}
