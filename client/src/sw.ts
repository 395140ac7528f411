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

// Pictures of products, from wherever the shop keeps them: the till shows them offline too. Only those that allow it
// (CORS): of any other the browser would count megabytes, and the room is the journal's.
const PICTURES = 'pictures'
const MOST_PICTURES = 1000

registerRoute(
  ({ request, sameOrigin }) => request.destination === 'image' && !sameOrigin && request.mode === 'cors',
  async ({ request }) => {
    const cache = await caches.open(PICTURES)
    const kept = await cache.match(request.url)
    if (kept !== undefined) return kept
    const answer = await fetch(request)
    if (answer.ok) await keep(cache, request.url, answer.clone()).catch(() => undefined)
    return answer
  },
)

async function keep(cache: Cache, url: string, answer: Response): Promise<void> {
  await cache.put(url, answer)
  const keys = await cache.keys()
  for (const oldest of keys.slice(0, Math.max(0, keys.length - MOST_PICTURES))) await cache.delete(oldest)
}

self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting()
})

// The first visit is served by this worker from the start, so that it is ready to go offline at once.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
