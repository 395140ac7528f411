import { updateAtColdStart } from './app/service-worker.ts'

// Two apps share one origin and one service worker; each is fetched only where it is used.
const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

// Zod tries whether it may make code out of text; the page's policy forbids that, and the browser reports it each time.
// Said where Zod looks for it when it comes, so that it need not come with this file.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })

// After an update a tab of the old version may ask for a file that is gone: the new page has the new one.
window.addEventListener('vite:preloadError', () => {
  const key = 'evertill-reloaded-for'
  // With neither a network nor a worker this page would not come back.
  if (!navigator.onLine && !navigator.serviceWorker?.controller) return
  if (sessionStorage.getItem(key) === location.href) return
  sessionStorage.setItem(key, location.href)
  location.reload()
})

if (await updateAtColdStart()) {
  // The new version is on its way: this page shows nothing of the old one.
} else if (/^\/office(\/|$)/.test(location.pathname)) {
  const { mountOffice } = await import('./office/mount.tsx')
  mountOffice(root)
} else if (location.pathname === '/customer') {
  const { mountCustomerScreen } = await import('./till/customer-screen/mount-customer-screen.tsx')
  await mountCustomerScreen(root)
} else if (location.pathname === '/rescue') {
  await emergency()
} else {
  try {
    const { mountTill } = await import('./till/mount.tsx')
    await mountTill(root)
  } catch (error) {
    await emergency(error)
  }
}

/** What was sold can be carried out of this browser even where the till does not start. */
async function emergency(trouble?: unknown): Promise<void> {
  const { mountEmergencyPage } = await import('./till/rescue/emergency-page.ts')
  await mountEmergencyPage(trouble)
}
