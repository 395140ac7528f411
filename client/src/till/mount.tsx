import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { v7 } from 'uuid'
import { AppProviders } from '../app/app-providers.tsx'
import { registerServiceWorker } from '../app/service-worker.ts'
import { APP_VERSION } from '../app/version.ts'
import { openTillDatabase, tryOpen } from '../store/till-database.ts'
import { startBrowserSync } from '../sync/browser-sync.ts'
import { estimateStorage } from '../sync/storage-kind.ts'
import { NoStorage } from './frame/no-storage.tsx'
import { createOpenSale } from './open-sale.ts'
import { createTillRouter } from './router.tsx'
import { type Services, ServicesContext } from './till-context.tsx'

/** Opens the till's database, takes up the sale that was open, starts sending, and shows the screens. */
export async function mountTill(element: HTMLElement): Promise<void> {
  const root = createRoot(element)
  const db = openTillDatabase()
  const opened = await tryOpen(db)
  if (opened.code !== 'open') {
    root.render(
      <AppProviders>
        <NoStorage full={opened.code === 'storage-full'} message={opened.message} />
      </AppProviders>,
    )
    return
  }

  const openSale = createOpenSale(db)
  await openSale.refresh()
  const services: Services = {
    db,
    openSale,
    sync: startBrowserSync({ db, appVersion: APP_VERSION }),
    fetch: (path, init) => fetch(path, init),
    now: () => new Date(),
    newId: () => v7(),
    persist: async () => (await navigator.storage?.persist?.()) ?? false,
    estimate: estimateStorage,
    lastSale: { current: undefined },
  }
  registerServiceWorker()
  root.render(
    <AppProviders>
      <ServicesContext value={services}>
        <RouterProvider router={createTillRouter()} />
      </ServicesContext>
    </AppProviders>,
  )
}
