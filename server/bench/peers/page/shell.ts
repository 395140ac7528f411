/// <reference lib="webworker" />

declare const self: ServiceWorkerGlobalScope

const FILES = ['/', '/blank', '/page.js']

/** The part of a service worker that every peer has: the page opens without a network, as a till's must. */
export function keepShell(): void {
  self.addEventListener('install', (event) => {
    const filled = caches.open('shell').then((cache) => cache.addAll(FILES))
    event.waitUntil(filled.then(() => self.skipWaiting()))
  })
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
  self.addEventListener('fetch', (event) => {
    if (!FILES.includes(new URL(event.request.url).pathname)) return
    event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)))
  })
}
