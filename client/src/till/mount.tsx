import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { v7 } from 'uuid'
import { AppProviders } from '../app/app-providers.tsx'
import { browserStorage } from '../app/browser-storage.ts'
import { firstScreenSettled } from '../app/later.tsx'
import { registerServiceWorker } from '../app/service-worker.ts'
import { APP_VERSION } from '../app/version.ts'
import { steadyHands } from '../devices/steady-hands.ts'
import { readCatalogue } from '../store/catalogue.ts'
import { whenIdle } from '../store/follow.ts'
import { beginFreshLog, followsOrderly } from '../store/fresh-log.ts'
import { createProductLists, openProductWorker } from '../store/product-lists.ts'
import { readSession } from '../store/session.ts'
import { readTill } from '../store/till.ts'
import { openTillDatabase, tryOpen } from '../store/till-database.ts'
import { rememberTill } from '../store/till-memory.ts'
import { estimateStorage } from '../sync/storage-kind.ts'
import { NoStorage } from './frame/no-storage.tsx'
import { startSpareCopy } from './late-spare-copy.ts'
import { createLateSync } from './late-sync.ts'
import { createOpenSale } from './open-sale.ts'
import { createShownProducts } from './products/product-list.ts'
import { createTillRouter } from './router.tsx'
import { type Services, ServicesContext } from './till-context.tsx'
import { isTraining, sweepAfterTraining } from './training/training-mode.ts'

/** Opens the till's database, takes up the sale that was open, starts sending, and shows the screens. */
export async function mountTill(element: HTMLElement): Promise<void> {
  steadyHands(window)
  const root = createRoot(element)
  const own = openTillDatabase()
  const opened = await tryOpen(own)
  if (opened.code !== 'open') {
    root.render(
      <AppProviders>
        <NoStorage full={opened.code === 'storage-full'} message={opened.message} />
      </AppProviders>,
    )
    return
  }

  // What was sold is sent, training or not.
  const sync = createLateSync(async () =>
    (await import('../sync/browser-sync.ts')).startBrowserSync({ db: own, appVersion: APP_VERSION }),
  )
  void firstScreenSettled.then(sync.start)
  const real = { db: own, sync, fetch: (path: string, init: RequestInit) => fetch(path, init) }
  const world = isTraining()
    ? await (await import('./training/training-services.ts')).trainingServices()
    : real
  const openSale = createOpenSale(world.db)
  const [till, catalogue, session] = await Promise.all([
    readTill(world.db),
    readCatalogue(world.db),
    readSession(world.db),
    openSale.refresh(),
  ])
  // Whoever paid when this page was last closed begins anew, unless something was taken.
  openSale.endPaying()
  const lists = createProductLists(world.db, () => openProductWorker(world.db.name))
  // A PIN takes longer to type than the index to come.
  void firstScreenSettled.then(lists.start)
  const services: Services = {
    ...world,
    openSale,
    first: { till, catalogue, session },
    shownProducts: createShownProducts(lists, whenIdle),
    now: () => new Date(),
    newId: () => v7(),
    persist: async () => (await navigator.storage?.persist?.()) ?? false,
    estimate: estimateStorage,
    lastSale: { current: undefined },
  }
  registerServiceWorker()
  void firstScreenSettled.then(() =>
    sweepAfterTraining(async () => {
      const { endTraining, openTrainingDatabase } = await import('../store/training.ts')
      await endTraining(openTrainingDatabase()).catch((error) => console.warn(error))
    }),
  )
  const inOrder = followsOrderly(sessionStorage, window)
  // It is there for what comes after the next crash; where there is no room for it, everything else goes on.
  if (!inOrder) void firstScreenSettled.then(() => beginFreshLog().catch((error) => console.warn(error)))
  void startSpareCopy(own, till !== undefined, services.now)
  const beside = browserStorage()
  if (beside !== undefined) void firstScreenSettled.then(() => rememberTill(own, beside, services.now))
  root.render(
    <AppProviders>
      <ServicesContext value={services}>
        <RouterProvider router={createTillRouter()} />
      </ServicesContext>
    </AppProviders>,
  )
}
