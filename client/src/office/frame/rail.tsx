import type { OfficeSession } from '@evertill/shared/protocol/office'
import { AccountMenu } from './account-menu.tsx'
import { PlaceLink } from './place-link.tsx'
import type { Place } from './places.ts'
import classes from './rail.module.css'

export interface FrameProps {
  readonly places: readonly Place[]
  readonly session: OfficeSession
  readonly openExceptions: number
}

export function Rail({ places, session, openExceptions }: FrameProps) {
  return (
    <nav className={classes.rail} aria-label="Head office">
      <p className={classes.company}>
        <img src="/icon.svg" alt="" width={24} height={24} />
        <span>{session.companyName}</span>
      </p>
      {places.map((place) => (
        <PlaceLink key={place.to} place={place} openExceptions={openExceptions} />
      ))}
      <div className={classes.bottom}>
        <AccountMenu session={session} />
      </div>
    </nav>
  )
}
