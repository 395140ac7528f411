import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { Page } from '../parts/page.tsx'
import classes from './settings.module.css'

/** The subjects, in the order of how often they are changed. */
const PLACES = [
  { to: '/settings/payment-methods', label: 'Payment methods' },
  { to: '/settings/outlets', label: 'Outlets' },
  { to: '/settings/loyalty', label: 'Loyalty' },
  { to: '/settings/shifts', label: 'Shifts and drawer' },
  { to: '/settings/receipts', label: 'Receipts' },
  { to: '/settings/offline-limits', label: 'Offline limits' },
] as const

interface SettingsPageProps {
  readonly title: (typeof PLACES)[number]['label']
  /** What it sets, in a sentence or two. */
  readonly about: string
  readonly action?: ReactNode
  readonly children: ReactNode
}

/** One subject of the settings, with the way to the others. */
export function SettingsPage({ title, about, action, children }: SettingsPageProps) {
  const strip = useRef<HTMLElement>(null)
  // On a phone the strip is wider than the screen, and the subject shown may be beyond its edge.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another title is another subject chosen
  useEffect(() => {
    const chosen = strip.current?.querySelector('[aria-current="page"]')
    chosen?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [title])
  return (
    <Page
      title={title}
      above={
        <nav ref={strip} className={classes.subjects} aria-label="Settings">
          {PLACES.map(({ to, label }) => (
            <Link key={to} to={to} className={classes.subject} activeOptions={{ includeSearch: false }}>
              {label}
            </Link>
          ))}
        </nav>
      }
      action={action}
    >
      <p className={classes.about}>{about} Tills take changes up at their next contact.</p>
      {children}
    </Page>
  )
}
