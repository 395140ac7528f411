import { useState } from 'react'
import classes from './products.module.css'
import { hueOf, initialsOf } from './tile-look.ts'

/**
 * A product's picture; its initials on a colour of its own where it has none, or none comes. Asked for with CORS first:
 * only so can the service worker keep it for offline without the browser counting megabytes for it.
 */
export function TilePicture({ name, picture }: { name: string; picture: string | undefined }) {
  const [tries, setTries] = useState<{ readonly of: string | undefined; readonly failed: number }>({
    of: picture,
    failed: 0,
  })
  const failed = tries.of === picture ? tries.failed : 0
  if (picture === undefined || failed > 1)
    return (
      <span className={classes.initials} style={{ '--hue': hueOf(name) }} aria-hidden>
        {initialsOf(name)}
      </span>
    )
  return (
    <img
      key={failed}
      className={classes.picture}
      src={picture}
      alt=""
      crossOrigin={failed === 0 && !picture.startsWith('data:') ? 'anonymous' : undefined}
      referrerPolicy="no-referrer"
      loading="lazy"
      decoding="async"
      onError={() => setTries({ of: picture, failed: failed + 1 })}
    />
  )
}
