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

const PAGE_LOCK = 'evertill-page'
const TAKE_OVER_MS = 3000

/**
 * At a cold start a version that has been waiting takes over before anything is shown: Chromium by itself would
 * go on serving the old one. Only if this is the only page of the app, because taking over reloads every page.
 * @returns whether the page is being loaded again
 */
export async function updateAtColdStart(): Promise<boolean> {
  if (!('serviceWorker' in navigator) || !('locks' in navigator)) return false
  const alone = await navigator.locks.request(PAGE_LOCK, { ifAvailable: true }, async (lock) => lock !== null)
  // Held for the life of the page.
  void navigator.locks.request(PAGE_LOCK, { mode: 'shared' }, () => new Promise(() => undefined))
  // Where cookies are refused there are no workers either.
  const registration = await navigator.serviceWorker.getRegistration().catch(() => undefined)
  const waiting = alone ? registration?.waiting : undefined
  if (!waiting) return false
  const tookOver = new Promise<boolean>((resolve) => {
    navigator.serviceWorker.addEventListener('controllerchange', () => resolve(true), { once: true })
    setTimeout(() => resolve(false), TAKE_OVER_MS)
  })
  waiting.postMessage({ type: 'SKIP_WAITING' })
  if (!(await tookOver)) return false
  location.reload()
  return true
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
