import '@fontsource-variable/inter/wght.css'
import './base.css'
import './mantine.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { I18nextProvider } from 'react-i18next'
import { ErrorBoundary } from './error-boundary.tsx'
import { i18n } from './i18n.ts'
import { firstScreenSettled, later } from './later.tsx'
import { cssVariables, theme } from './theme.ts'

const NotificationList = later(async () => (await import('./notification-list.tsx')).NotificationList)

// first-paint.js reads the same key.
const colorSchemeManager = localStorageColorSchemeManager({ key: 'evertill-colour-scheme' })

/** What both apps stand on: theme with a stored colour scheme, language, notifications, a last resort. */
export function AppProviders({ children }: { children: ReactNode }) {
  const [settled, setSettled] = useState(false)
  useEffect(() => void firstScreenSettled.then(() => setSettled(true)), [])
  return (
    <I18nextProvider i18n={i18n}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={colorSchemeManager}
        defaultColorScheme="auto"
      >
        {settled && <NotificationList />}
        <ErrorBoundary>{children}</ErrorBoundary>
      </MantineProvider>
    </I18nextProvider>
  )
}
