import { readFile } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import { chromium } from '@playwright/test'
import { browserLaunchOptions } from '../e2e/browser.ts'
import build from '../e2e/build.ts'
import { firstLoadOf, kilobytes } from './loaded-js.ts'

/*
 * node --import tsx client/bench/first-load.ts
 *
 * The JavaScript that a browser which is not a till yet asks for before its first screen stands, gzipped: the built
 * files, in a real browser. bench:till measures the same of an enrolled till.
 */

const DIST = resolve(import.meta.dirname, '../dist')
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
}

build()
const browser = await chromium.launch(await browserLaunchOptions())
try {
  const page = await browser.newPage({ serviceWorkers: 'block' })
  // What esbuild calls in functions that are handed to a page.
  await page.addInitScript({ content: 'globalThis.__name ??= (named) => named' })
  await page.route('https://till.test/**', async (route) => {
    const { pathname } = new URL(route.request().url())
    const path = extname(pathname) === '' ? '/index.html' : pathname
    const body = await readFile(join(DIST, path)).catch(() => undefined)
    if (body === undefined) return route.fulfill({ status: 404 })
    return route.fulfill({ body, contentType: TYPES[extname(path)] ?? 'application/octet-stream' })
  })
  await page.goto('https://till.test/')
  await page.getByRole('heading', { name: 'This browser is not a till yet' }).waitFor()
  const files = await firstLoadOf(page)
  for (const { path, bytes } of files) console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${path}`)
  console.log(`first_load_js_gzip ${kilobytes(files).toFixed(1)} kB`)
} finally {
  await browser.close()
}
