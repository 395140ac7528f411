import { createRoot } from 'react-dom/client'
import { AppProviders } from '../../app/app-providers.tsx'
import { speak } from '../../app/i18n.ts'
import { preloadParts } from '../../app/later.tsx'
import { createPreferences } from '../../app/preferences.ts'
import { registerServiceWorker } from '../../app/service-worker.ts'
import { CustomerScreen } from './customer-screen.tsx'

/** Opens no database: what is not told to this window it cannot show. */
export async function mountCustomerScreen(element: HTMLElement): Promise<void> {
  registerServiceWorker()
  // The till's language, not a cashier's.
  const preferences = createPreferences(localStorage)
  const follow = () => speak(preferences.of(undefined).language)
  preferences.subscribe(() => void follow())
  await follow()
  createRoot(element).render(
    <AppProviders>
      <CustomerScreen />
    </AppProviders>,
  )
  preloadParts()
}
