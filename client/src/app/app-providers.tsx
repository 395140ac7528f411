import '@fontsource-variable/inter/wght.css'
import './base.css'
import './mantine.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import { I18nextProvider } from 'react-i18next'
import { ErrorBoundary } from './error-boundary.tsx'
import { i18n } from './i18n.ts'
import { cssVariables, theme } from './theme.ts'

// first-paint.js reads the same key.
const colorSchemeManager = localStorageColorSchemeManager({ key: 'evertill-colour-scheme' })

/** What both apps stand on: theme with a stored colour scheme, language, notifications, a last resort. */
export function AppProviders({ children }: { children: ReactNode }) {
  return (
    <I18nextProvider i18n={i18n}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={colorSchemeManager}
        defaultColorScheme="auto"
      >
        <Notifications position="top-center" limit={3} autoClose={5000} />
        <ErrorBoundary>{children}</ErrorBoundary>
      </MantineProvider>
    </I18nextProvider>
  )
}
