import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'
import classes from './settings.module.css'

/** The subjects, in the order of how often they are changed. */
const PLACES = [
  { to: '/settings/payment-methods', label: 'Payment methods' },
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
  return (
    <Page
      title={title}
      above={
        <nav className={classes.subjects} aria-label="Settings">
          {PLACES.map(({ to, label }) => (
            <Link key={to} to={to} className={classes.subject} activeOptions={{ includeSearch: false }}>
              {label}
            </Link>
          ))}
        </nav>
      }
      action={action}
    >
      <p className={classes.about}>
        {about} Tills take changes up at their next contact; what was sold before stays as it is.
      </p>
      {children}
    </Page>
  )
}
