import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isApiPath, serveClient } from './serve-client.ts'

let folder: string
let app: Hono
const script = 'console.log("till")'

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evertill-client-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Evertill</title>')
  await writeFile(join(folder, 'sw.js'), '// worker')
  await writeFile(join(folder, '.evertill-build'), 'hash')
  await writeFile(join(folder, 'assets', 'till-1a2b.js'), script)
  await writeFile(join(folder, 'assets', 'till-1a2b.js.gz'), gzipSync(script))
  app = serveClient(folder)
})
afterAll(() => rm(folder, { recursive: true }))

test('hashed assets are kept for ever, compressed for whoever takes it', async () => {
  const plain = await app.request('/assets/till-1a2b.js')
  expect(await plain.text()).toBe(script)
  expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(plain.headers.get('content-type')).toMatch(/^text\/javascript/)
  const small = await app.request('/assets/till-1a2b.js', { headers: { 'accept-encoding': 'gzip' } })
  expect(small.headers.get('content-encoding')).toBe('gzip')
  expect(small.headers.get('content-type')).toMatch(/^text\/javascript/)
})

test.each(['/', '/till', '/office/sales/0190-abc', '/enrol', '/sw.js', '/index.html'])(
  '%s is asked for again each time, so that a new release is seen',
  async (path) => {
    const answer = await app.request(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(await answer.text()).toContain(path === '/sw.js' ? '// worker' : '<title>Evertill</title>')
  },
)

test('an asset of another release is a 404 that nobody keeps, never the page', async () => {
  const answer = await app.request('/assets/till-0000.js')
  expect(answer.status).toBe(404)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await answer.text()).not.toContain('<title>')
})

test.each([
  '/.evertill-build',
  '/../server/package.json',
  '/%2e%2e/server/package.json',
  '/assets/..%2findex.html',
])('%s shows nothing that is not a page', async (path) => {
  const text = await (await app.request(path)).text()
  expect(text).not.toContain('hash')
  expect(text).not.toContain('"name"')
})

test('only GET and HEAD are answered', async () => {
  expect((await app.request('/till', { method: 'POST' })).status).toBe(404)
  const head = await app.request('/till', { method: 'HEAD' })
  expect(head.status).toBe(200)
  expect(await head.text()).toBe('')
})

test('pages may run our scripts and WebAssembly, nothing inline, and be framed by nobody', async () => {
  const { headers } = await app.request('/till')
  const policy = policyOf(headers)
  expect(policy['default-src']).toEqual(["'none'"])
  expect(policy['script-src']).toEqual(["'self'", "'wasm-unsafe-eval'"])
  expect(policy['frame-ancestors']).toEqual(["'none'"])
  expect(policy['base-uri']).toEqual(["'none'"])
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('pictures may come from elsewhere, for the worker to keep; no page fetches from there', async () => {
  const page = policyOf((await app.request('/till')).headers)
  const worker = policyOf((await app.request('/sw.js')).headers)
  expect(page['img-src']).toContain('https:')
  expect(page['connect-src']).toEqual(["'self'"])
  expect(worker['connect-src']).toEqual(["'self'", 'https:'])
  expect(worker['script-src']).toEqual(page['script-src'])
})

test('before the first build it says what to do', async () => {
  const answer = await serveClient(join(folder, 'assets')).request('/')
  expect(answer.status).toBe(404)
  expect(await answer.text()).toContain('npm start')
})

test.each([
  ['/api/push', true],
  ['/api', true],
  ['/healthz', true],
  ['/metrics', true],
  ['/apiary', false],
  ['/office', false],
  ['/', false],
])('%s goes to the API: %s', (path, api) => {
  expect(isApiPath(path)).toBe(api)
})

function policyOf(headers: Headers): { readonly [name: string]: readonly string[] } {
  const rules = (headers.get('content-security-policy') ?? '').split('; ')
  return Object.fromEntries(
    rules.map((rule) => {
      const [name = '', ...values] = rule.split(' ')
      return [name, values]
    }),
  )
}
