import { Workbox } from 'workbox-window'

export type UpdateState = 'none' | 'ready-offline' | 'update-waiting'

let state: UpdateState = 'none'
let workbox: Workbox | undefined
const listeners = new Set<() => void>()

function become(next: UpdateState): void {
  state = next
  for (const listener of listeners) listener()
}

export const updateState = (): UpdateState => state

export function onUpdateState(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const HOUR_MS = 3_600_000

/** Registers the worker once and looks for a new version every hour; none is ever activated from here by itself. */
export function registerServiceWorker(): void {
  if (workbox !== undefined || !import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const registered = new Workbox('/sw.js')
  workbox = registered
  registered.addEventListener('waiting', () => become('update-waiting'))
  registered.addEventListener('activated', (event) => {
    if (!event.isUpdate) become('ready-offline')
  })
  let controlled = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The first worker's claim changes nothing on this page; a later one brings a new version to every tab.
    if (controlled) location.reload()
    controlled = true
  })
  // Offline, or on an origin without a certificate: the till works on, it only cannot start offline.
  registered.register().catch(() => undefined)
  setInterval(() => registered.update().catch(() => undefined), HOUR_MS)
}

/** A person agreed: the waiting version takes over, and the page reloads onto it. */
export const activateUpdate = (): void => workbox?.messageSkipWaiting()
