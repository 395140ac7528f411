import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { v7 } from 'uuid'
import { AppProviders } from '../app/app-providers.tsx'
import { firstScreenSettled } from '../app/later.tsx'
import { registerServiceWorker } from '../app/service-worker.ts'
import { APP_VERSION } from '../app/version.ts'
import { createProductLists, openProductWorker } from '../store/product-lists.ts'
import { openTillDatabase, tryOpen } from '../store/till-database.ts'
import { startBrowserSync } from '../sync/browser-sync.ts'
import { estimateStorage } from '../sync/storage-kind.ts'
import { NoStorage } from './frame/no-storage.tsx'
import { createOpenSale } from './open-sale.ts'
import { createShownProducts } from './products/product-list.ts'
import { createTillRouter } from './router.tsx'
import { type Services, ServicesContext } from './till-context.tsx'
import { isTraining } from './training/training-mode.ts'

/** Opens the till's database, takes up the sale that was open, starts sending, and shows the screens. */
export async function mountTill(element: HTMLElement): Promise<void> {
  const root = createRoot(element)
  const till = openTillDatabase()
  const opened = await tryOpen(till)
  if (opened.code !== 'open') {
    root.render(
      <AppProviders>
        <NoStorage full={opened.code === 'storage-full'} message={opened.message} />
      </AppProviders>,
    )
    return
  }

  // What was sold is sent, training or not.
  const sync = startBrowserSync({ db: till, appVersion: APP_VERSION })
  const real = { db: till, sync, fetch: (path: string, init: RequestInit) => fetch(path, init) }
  const world = isTraining()
    ? await (await import('./training/training-services.ts')).trainingServices()
    : real
  const openSale = createOpenSale(world.db)
  await openSale.refresh()
  // Whoever paid when this page was last closed begins anew, unless something was taken.
  openSale.endPaying()
  const lists = createProductLists(world.db, () => openProductWorker(world.db.name))
  // A PIN takes longer to type than the index to come.
  void firstScreenSettled.then(lists.start)
  const services: Services = {
    ...world,
    openSale,
    shownProducts: createShownProducts(lists),
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
