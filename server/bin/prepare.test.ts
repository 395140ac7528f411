import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'

// A checkout in small: the real prepare.mjs, with stand-ins for npm, patch-package, Vite and the server's bundling that
// note their calls.

const run = promisify(execFile)
const prepare = fileURLToPath(new URL('./prepare.mjs', import.meta.url))
let root: string

const lock = (version: string) =>
  JSON.stringify({
    packages: {
      '': {},
      'node_modules/vite': { version },
      'node_modules/only-on-macs': { version: '1.0.0', optional: true },
    },
  })

const npm = `
const { cpSync, copyFileSync, appendFileSync, rmSync } = require('node:fs')
appendFileSync('calls', 'npm ' + process.argv[2] + '\\n')
rmSync('node_modules', { recursive: true, force: true })
cpSync('fresh-modules', 'node_modules', { recursive: true })
copyFileSync('package-lock.json', 'node_modules/.package-lock.json')`

const patchPackage = `
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs')
appendFileSync('calls', 'patch\\n')
const wanted = readFileSync('patches/postgres.patch', 'utf8')
const applied = existsSync('node_modules/patched') ? readFileSync('node_modules/patched', 'utf8') : wanted
if (applied !== wanted) process.exit(1)
writeFileSync('node_modules/patched', wanted)`

const vite = `
const { appendFileSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs')
appendFileSync('../calls', 'vite\\n')
if (readFileSync('src/main.tsx', 'utf8').includes('broken')) { console.error('cannot parse main.tsx'); process.exit(1) }
mkdirSync('dist/assets', { recursive: true })
writeFileSync('dist/assets/main.js', 'x'.repeat(5000))`

const bundle = `
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
appendFileSync('calls', 'bundle\\n')
if (readFileSync('server/src/main.ts', 'utf8').includes('broken')) { console.error('cannot parse main.ts'); process.exit(1) }
mkdirSync('server/dist', { recursive: true })`

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'evertill-prepare-'))
  await write('package-lock.json', lock('1.0.0'))
  await write('patches/postgres.patch', 'first')
  await write('client/package.json', '{}')
  await write('client/src/main.tsx', 'one')
  await write('server/src/main.ts', 'one')
  await write('server/bin/bundle.mjs', bundle)
  await write('shared/src/domain/money.ts', 'one')
  await write('npm-cli.js', npm)
  for (const [name, path, script] of [
    ['vite', 'bin/vite.js', vite],
    ['patch-package', 'index.js', patchPackage],
  ] as const) {
    await write(`fresh-modules/${name}/package.json`, '{}')
    await write(`fresh-modules/${name}/${path}`, script)
  }
  await mkdir(join(root, 'server/bin'), { recursive: true })
  await cp(prepare, join(root, 'server/bin/prepare.mjs'))
  await write(
    'server/bin/build.mjs',
    "import { prepare } from './prepare.mjs'\nawait prepare({ client: true, server: true })\n",
  )
})
afterEach(() => rm(root, { recursive: true }))

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}

/** What a start called, in order. */
async function start(): Promise<string[]> {
  await rm(join(root, 'calls'), { force: true })
  const env = { ...process.env, npm_execpath: join(root, 'npm-cli.js') }
  await run(process.execPath, ['server/bin/build.mjs'], { cwd: root, env })
  return existsSync(join(root, 'calls'))
    ? (await readFile(join(root, 'calls'), 'utf8')).trim().split('\n')
    : []
}

test('a fresh clone is installed, patched and built once; the second start does nothing', async () => {
  expect(await start()).toEqual(['npm ci', 'patch', 'bundle', 'vite'])
  expect(await start()).toEqual([])
})

test('a changed lockfile installs again', async () => {
  await start()
  await write('package-lock.json', lock('2.0.0'))
  expect(await start()).toEqual(['npm ci', 'patch', 'bundle', 'vite'])
})

test('packages that npm has already brought up to the lockfile are not installed again', async () => {
  await start()
  await write('package-lock.json', lock('2.0.0'))
  await write('node_modules/.package-lock.json', lock('2.0.0'))
  expect(await start()).toEqual(['bundle', 'vite'])
})

test('an install that was cut off is done again', async () => {
  await start()
  await rm(join(root, 'node_modules'), { recursive: true })
  await write('node_modules/vite/package.json', '{}')
  expect(await start()).toEqual(['npm ci', 'patch'])
})

test('a changed patch gets fresh packages to be applied to, and the client is built of them', async () => {
  await start()
  await write('patches/postgres.patch', 'second')
  expect(await start()).toEqual(['patch', 'npm ci', 'patch', 'vite'])
  expect(await readFile(join(root, 'node_modules/patched'), 'utf8')).toBe('second')
  expect(await start()).toEqual([])
})

test.each([
  ['client/src/main.tsx', ['vite']],
  ['client/index.html', ['vite']],
  ['server/src/main.ts', ['bundle']],
  ['shared/src/domain/money.ts', ['bundle', 'vite']],
])('after a change of %s what is made of it is built again: %s', async (path, calls) => {
  await start()
  await write(path, 'two')
  expect(await start()).toEqual(calls)
})

test('a changed test builds nothing', async () => {
  await start()
  await write('client/src/main.test.tsx', 'two')
  await write('server/src/main.test.ts', 'two')
  expect(await start()).toEqual([])
})

test('large files of the build are there compressed', async () => {
  await start()
  expect(existsSync(join(root, 'client/dist/assets/main.js.br'))).toBe(true)
  expect(existsSync(join(root, 'client/dist/assets/main.js.gz'))).toBe(true)
})

test.each([
  ['client', 'client/src/main.tsx', ['vite']],
  ['server', 'server/src/main.ts', ['bundle', 'vite']],
])('a build of the %s that fails says why, ends with 1 and is tried again', async (name, path, calls) => {
  await write(path, 'broken')
  const failure = await start().catch((error) => error)
  expect(failure.code).toBe(1)
  expect(failure.stderr).toContain(`cannot parse ${basename(path)}`)
  expect(failure.stderr).toContain(`The ${name} could not be built`)
  await write(path, 'mended')
  expect(await start()).toEqual(calls)
})
