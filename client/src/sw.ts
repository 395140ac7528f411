/// <reference lib="webworker" />
import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope

// A new version waits until every tab of the old one is closed (the next cold start), or until a person
// agrees while the cart is empty: then the page sends SKIP_WAITING. It never takes over a till by itself,
// and it touches nothing but its own cache of files.
precacheAndRoute(self.__WB_MANIFEST)

registerRoute(
  new NavigationRoute(createHandlerBoundToURL('index.html'), {
    denylist: [/^\/(api|healthz|metrics)(\/|$)/],
  }),
)

self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting()
})

// The first visit is served by this worker from the start, so that it is ready to go offline at once.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
