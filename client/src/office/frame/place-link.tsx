import { Link } from '@tanstack/react-router'
import { countText } from '../../app/format.ts'
import type { Place } from './places.ts'
import classes from './rail.module.css'

interface PlaceLinkProps {
  readonly place: Place
  readonly openExceptions: number
  readonly onFollow?: () => void
}

export function PlaceLink({ place, openExceptions, onFollow }: PlaceLinkProps) {
  const Icon = place.icon
  const waiting = place.to === '/exceptions' ? openExceptions : 0
  return (
    <Link
      to={place.to}
      className={classes.place}
      activeOptions={{ exact: place.to === '/', includeSearch: false }}
      {...(onFollow && { onClick: onFollow })}
    >
      <Icon size={20} stroke={1.75} aria-hidden />
      <span>{place.label}</span>
      {waiting > 0 && (
        <span className={classes.count}>
          {countText(waiting)}
          <span className={classes.heard}> open</span>
        </span>
      )}
    </Link>
  )
}
