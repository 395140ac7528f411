import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'

/** Whether a path belongs to the API rather than to the pages. */
export function isApiPath(path: string): boolean {
  return /^\/(api|healthz|metrics)(\/|$)/.test(path)
}

/**
 * The built client under `folder`. Hashed assets are kept by browsers for ever; pages, the service worker
 * and the rest are asked for again each time, so that a new release is seen at the next start.
 * Every other address answers with the page: the client's router knows what it means.
 */
export function serveClient(folder: string): Hono {
  const app = new Hono()
  app.use((c, next) => (c.req.path === '/sw.js' ? workerHeaders : pageHeaders)(c, next))
  app.on(['GET', 'HEAD'], '/assets/*', forever, serveStatic({ root: folder, precompressed: true }))
  app.on(['GET', 'HEAD'], '/assets/*', (c) => c.text('There is no such file.', 404))
  app.on(['GET', 'HEAD'], '*', recheck)
  app.on(['GET', 'HEAD'], '/.*', (c) => c.text('There is no such file.', 404))
  app.on(['GET', 'HEAD'], '*', serveStatic({ root: folder, precompressed: true }))
  app.on(['GET', 'HEAD'], '*', serveStatic({ path: `${folder}/index.html`, precompressed: true }))
  app.on(['GET', 'HEAD'], '*', (c) => c.text('The client is not built: run npm start.', 404))
  return app
}

const forever = cacheControl('public, max-age=31536000, immutable')
const recheck = cacheControl('no-cache')

function cacheControl(value: string) {
  return createMiddleware(async (c, next) => {
    await next()
    c.header('cache-control', c.res.status === 200 ? value : 'no-store')
  })
}

/** @param connectSrc where scripts may fetch from */
const securityHeaders = (connectSrc: string[]) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      // hash-wasm compiles argon2 for the PINs.
      scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
      // Mantine sets its variables in style elements.
      styleSrc: ["'self'", "'unsafe-inline'"],
      // Pictures of products lie wherever the shop keeps them.
      imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
      fontSrc: ["'self'"],
      connectSrc,
      mediaSrc: ["'self'", 'blob:'],
      workerSrc: ["'self'"],
      manifestSrc: ["'self'"],
      frameSrc: ["'self'", 'blob:'],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    permissionsPolicy: {
      camera: ['self'],
      usb: ['self'],
      serial: ['self'],
      bluetooth: ['self'],
      geolocation: [],
      microphone: [],
      payment: [],
    },
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    // The TLS proxy sends it where there is TLS.
    strictTransportSecurity: false,
    xXssProtection: false,
  })
const pageHeaders = securityHeaders(["'self'"])
/** The service worker keeps the pictures for when there is no network: to it they are fetches. */
const workerHeaders = securityHeaders(["'self'", 'https:'])
