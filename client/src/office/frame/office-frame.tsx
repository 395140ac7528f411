import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { CurrencyProvider } from '../../app/money.tsx'
import { todayQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { SessionEnded } from '../session/session-ended.tsx'
import { useSession } from '../session/use-session.ts'
import { FirstPasswordNote } from './first-password-note.tsx'
import classes from './office-frame.module.css'
import { PhoneBar } from './phone-bar.tsx'
import { PLACES } from './places.ts'
import { Rail } from './rail.tsx'

/** What stands around every page: the way to the others, and whose office this is. */
export function OfficeFrame() {
  const session = useSession()
  const openExceptions = useOpenExceptions()
  if (session === undefined) return null
  const places = PLACES.filter((place) => session.permissions.includes(place.needs))
  return (
    <CurrencyProvider value={session.currency}>
      <a className={classes.skip} href="#page">
        Skip to the page
      </a>
      <div className={classes.frame}>
        <Rail places={places} session={session} openExceptions={openExceptions} />
        <div className={classes.desk}>
          <FirstPasswordNote />
          <main id="page" className={classes.main} tabIndex={-1}>
            <Outlet />
          </main>
        </div>
        <PhoneBar places={places} session={session} openExceptions={openExceptions} />
      </div>
      <SessionEnded />
    </CurrencyProvider>
  )
}

function useOpenExceptions(): number {
  const { api } = useOffice()
  const may = useSession()?.permissions.includes('report.view') ?? false
  return useQuery({ ...todayQuery(api), enabled: may }).data?.openExceptions ?? 0
}
