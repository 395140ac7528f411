import { IconKey } from '@tabler/icons-react'
import { TextLink } from '../parts/links.tsx'
import { useSession } from '../session/use-session.ts'
import classes from './office-frame.module.css'

/** Until somebody has a password that nobody else has seen. */
export function FirstPasswordNote() {
  if (!useSession()?.firstPassword) return null
  return (
    <section className={classes.note} aria-label="Your password">
      <IconKey size={18} aria-hidden />
      <p>
        Your password was made for you, and somebody else has seen it.{' '}
        <TextLink to="/account" inherit fw={600} underline="always">
          Choose your own password
        </TextLink>
      </p>
    </section>
  )
}
