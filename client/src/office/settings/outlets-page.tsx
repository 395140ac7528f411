import type { OutletDetail } from '@evertill/shared/protocol/office/outlets'
import { Alert, Badge, Skeleton, Stack } from '@mantine/core'
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { gstNumberQuery, outletDetailsQuery } from '../api/settings-queries.ts'
import { useOffice } from '../office-context.tsx'
import { ButtonLink, TextLink } from '../parts/links.tsx'
import marks from '../parts/marks.module.css'
import { QueryState } from '../parts/query-state.tsx'
import { useMay } from '../session/use-session.ts'
import { countOf } from '../words/count-words.ts'
import { hourWords, lacksTaxAddress } from './outlet-form.ts'
import classes from './settings.module.css'
import { SettingsPage } from './settings-page.tsx'

export function OutletsPage() {
  const { api } = useOffice()
  const query = useQuery(outletDetailsQuery(api))
  return (
    <SettingsPage
      title="Outlets"
      about="Your shops: what receipts say of them, and when their day ends. A copy of what was sold before has the address of then."
      action={
        <ButtonLink to="/settings/outlets/new" leftSection={<IconPlus size={16} aria-hidden />}>
          New outlet
        </ButtonLink>
      }
    >
      <QueryState
        query={query}
        failed="The outlets did not load."
        skeleton={<Skeleton className={classes.form ?? ''} height={240} />}
      >
        {(outlets) => <Outlets outlets={outlets} />}
      </QueryState>
      <Outlet />
    </SettingsPage>
  )
}

function Outlets({ outlets }: { outlets: readonly OutletDetail[] }) {
  const { api } = useOffice()
  const gstNumber = useQuery(gstNumberQuery(api)).data
  const bare = outlets
    .filter(({ outlet }) => lacksTaxAddress(outlet.address, gstNumber))
    .map(({ outlet }) => outlet.name)
  return (
    <Stack className={classes.form ?? ''} gap="lg">
      {bare.length > 0 && (
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle aria-hidden />} py="sm">
          {bare.join(', ')} {bare.length === 1 ? 'has' : 'have'} no address. A tax invoice in Singapore must
          show where the shop is: without it customers cannot claim the GST on what they bought.
        </Alert>
      )}
      <ul className={`${classes.card} ${classes.methods}`} aria-label="Outlets">
        {outlets.map((detail) => (
          <OutletItem key={detail.outletId} detail={detail} gstNumber={gstNumber} />
        ))}
      </ul>
    </Stack>
  )
}

interface OutletItemProps {
  readonly detail: OutletDetail
  readonly gstNumber: string | null | undefined
}

function OutletItem({ detail: { outletId, code, outlet, tills }, gstNumber }: OutletItemProps) {
  const maySeeTills = useMay('till.view')
  return (
    <li className={classes.method}>
      <div className={classes.methodWords}>
        <span className={classes.methodName}>
          {outlet.name}{' '}
          <Badge variant="default" size="sm" radius="sm" tt="none" title="Its code in receipt numbers">
            {code}
          </Badge>
        </span>
        {lacksTaxAddress(outlet.address, gstNumber) ? (
          <span className={`${classes.line} ${marks.wait}`}>
            <IconAlertTriangle size={16} aria-hidden /> No address: receipts are no full tax invoices
          </span>
        ) : (
          <span className={`${classes.line} ${classes.address}`}>{outlet.address ?? 'No address'}</span>
        )}
        <span className={`${classes.line} ${classes.quiet}`}>
          {[
            ...(outlet.phone === null ? [] : [outlet.phone]),
            outlet.timeZone.replaceAll('_', ' '),
            outlet.dayCutHour === 0 ? 'day ends at midnight' : `day ends at ${hourWords(outlet.dayCutHour)}`,
          ].join(' · ')}
        </span>
        {maySeeTills && (
          <TextLink to="/tills" search={{ outlet: outletId }} size="sm">
            {tills === 0 ? 'No tills yet: add one' : countOf(tills, 'till')}
          </TextLink>
        )}
      </div>
      <ButtonLink
        variant="default"
        size="xs"
        h={32}
        to="/settings/outlets/$outletId"
        params={{ outletId }}
        aria-label={`Edit ${outlet.name}`}
      >
        Edit
      </ButtonLink>
    </li>
  )
}
