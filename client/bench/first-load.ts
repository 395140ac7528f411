import { readFile } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { browserLaunchOptions } from '../e2e/browser.ts'
import buildClient from '../e2e/build-client.ts'

/*
 * node --import tsx client/bench/first-load.ts
 *
 * The JavaScript that a till asks for before its first screen stands, gzipped: the built files, in a real browser.
 */

const DIST = resolve(import.meta.dirname, '../dist')
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
}

buildClient()
const browser = await chromium.launch(await browserLaunchOptions())
try {
  const page = await browser.newPage({ serviceWorkers: 'block' })
  const sizes = new Map<string, number>()
  await page.route('https://till.test/**', async (route) => {
    const { pathname } = new URL(route.request().url())
    const path = extname(pathname) === '' ? '/index.html' : pathname
    const body = await readFile(join(DIST, path)).catch(() => undefined)
    if (body === undefined) return route.fulfill({ status: 404 })
    if (path.endsWith('.js')) sizes.set(path, gzipSync(body).length)
    return route.fulfill({ body, contentType: TYPES[extname(path)] ?? 'application/octet-stream' })
  })
  await page.goto('https://till.test/')
  await page.getByRole('heading', { name: 'This browser is not a till yet' }).waitFor()
  await page.waitForLoadState('networkidle')
  const files = [...sizes].sort(([, a], [, b]) => b - a)
  for (const [path, size] of files) console.log(`${(size / 1000).toFixed(1).padStart(8)} kB  ${path}`)
  const total = files.reduce((sum, [, size]) => sum + size, 0)
  console.log(`first_load_js_gzip ${(total / 1000).toFixed(1)} kB`)
} finally {
  await browser.close()
}
