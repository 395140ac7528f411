// What must be in place before the server's own code can run: packages, patches, client and server built.
// Uses nothing but Node, because nothing else is installed yet.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const modules = join(root, 'node_modules')
const require = createRequire(join(root, 'client/package.json'))

const installStamp = join(modules, '.evertill-lock')
const patchStamp = join(modules, '.evertill-patches')

const isTest = (path) => /\.test\.tsx?$/.test(path)

/** What is built, of what, and how: anew whenever a source has changed since, or the last time failed. */
const builds = {
  server: {
    folders: ['server/src', 'shared/src'],
    files: [
      'server/bin/bundle.mjs',
      'server/bin/parent-watch.mjs',
      'server/package.json',
      'package-lock.json',
    ],
    stamp: 'server/dist/.evertill-build',
    build: () => runToEnd([join(root, 'server/bin/bundle.mjs')]),
  },
  client: {
    // A patch mends what is built in.
    folders: ['client/src', 'client/public', 'shared/src', 'patches'],
    files: [
      'client/index.html',
      'client/package.json',
      'client/vite.config.ts',
      'client/chunks.config.ts',
      'client/.postcssrc.json',
      'client/postcss.config.mjs',
      'client/postcss.config.cjs',
      'package-lock.json',
    ],
    stamp: 'client/dist/.evertill-build',
    build: async () => {
      const result = await runToEnd([commandOf('vite', 'bin/vite.js'), 'build', '--logLevel', 'error'], {
        cwd: join(root, 'client'),
        env: { NODE_ENV: 'production' },
      })
      if (result.code === 0) await compress(join(root, 'client/dist'))
      return result
    },
  },
}

/** Brings the checkout up to date with its lockfile and sources; says what it does and does only what is missing. */
export async function prepare({ client = false, server = false }) {
  await step(async () => {
    const lock = hashOf([join(root, 'package-lock.json')])
    if (read(installStamp) !== lock) {
      if (!isInstalled()) await install()
      writeFileSync(installStamp, lock)
    }
    await applyPatches()
    if (server) await buildIfOlder('server')
    if (client) await buildIfOlder('client')
  })
}

/** Runs a command to its end and answers its exit code; a signal to us ends it and everything it started. */
export async function run(command, args, options) {
  return (await spawnToEnd(command, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] })).code
}

/** Runs a package's command with this Node. */
export function runPackage(name, path, args, options) {
  return run(process.execPath, [commandOf(name, path), ...args], options)
}

// What a tool says is of interest only when it fails.
function runToEnd(args, options) {
  return spawnToEnd(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
}

function commandOf(name, path) {
  return join(dirname(require.resolve(`${name}/package.json`)), path)
}

function spawnToEnd(command, args, { cwd = root, env = {}, stdio }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio,
      // A group of its own, so that what it starts can be ended with it.
      detached: process.platform !== 'win32',
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk
      })
    }
    children.add(child)
    child.once('error', reject)
    child.once('close', (code) => {
      children.delete(child)
      resolve({ code: code ?? 1, output })
    })
  })
}

const children = new Set()
let signalled

/** From now on a signal ends the children first and then us. Answers how to undo that. */
export function endChildrenOnSignal() {
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => {
    const handler = () => {
      signalled ??= name === 'SIGINT' ? 130 : 143
      endChildren().then(() => process.exit(signalled))
    }
    process.on(name, handler)
    return () => process.off(name, handler)
  })
  return () => {
    for (const undo of handlers) undo()
  }
}

/** Asks every child and what it started to stop, once, and makes them after a few seconds. */
export async function endChildren() {
  const ended = [...children].map((child) => {
    child.ending ??= new Promise((resolve) => {
      killGroup(child, 'SIGTERM')
      const insist = setTimeout(() => killGroup(child, 'SIGKILL'), 4_600)
      child.once('close', () => {
        clearTimeout(insist)
        resolve()
      })
    })
    return child.ending
  })
  await Promise.all(ended)
}

function killGroup(child, signal) {
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // Already gone.
  }
}

async function step(work) {
  const undo = endChildrenOnSignal()
  try {
    await work()
  } catch (error) {
    fail(error.message)
  } finally {
    undo()
  }
}

function fail(sentence) {
  // What a signal cut off has not failed.
  if (signalled !== undefined) process.exit(signalled)
  console.error(sentence)
  process.exit(1)
}

async function install() {
  console.log('Installing packages (once, a minute or two) …')
  // No package's scripts are needed: patches and links are made by us, so blocked scripts change nothing.
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const cli = process.env.npm_execpath
  const code =
    cli && basename(cli) === 'npm-cli.js'
      ? await run(process.execPath, [cli, ...args])
      : await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args)
  if (code !== 0) fail('The packages could not be installed (npm said why above): mend that and start again.')
}

// npm writes down what it installed; comparing that with the lockfile spares an install after `npm install`.
function isInstalled() {
  const installed = readJson(join(modules, '.package-lock.json'))?.packages
  const wanted = readJson(join(root, 'package-lock.json'))?.packages
  if (!installed || !wanted) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.link) return true
    const present = installed[path]
    return present ? present.version === entry.version : entry.optional === true
  })
}

async function applyPatches() {
  const folder = join(root, 'patches')
  const wanted = hashOf(filesUnder(folder))
  if (read(patchStamp) === wanted) return
  if (!(await patch({ silent: true }))) {
    // An older patch is in the way: only fresh packages take the new one.
    await install()
    writeFileSync(installStamp, hashOf([join(root, 'package-lock.json')]))
    if (!(await patch({ silent: false })))
      fail('The patches in patches/ do not fit the installed packages: see the lines above.')
  }
  writeFileSync(patchStamp, wanted)
}

async function patch({ silent }) {
  const { code, output } = await runToEnd([commandOf('patch-package', 'index.js'), '--error-on-fail'])
  if (code !== 0 && !silent) console.error(output)
  return code === 0
}

async function buildIfOlder(name) {
  const { folders, files, stamp, build } = builds[name]
  const stampPath = join(root, stamp)
  const wanted = hashOf([
    ...folders.flatMap((folder) => filesUnder(join(root, folder))).filter((path) => !isTest(path)),
    ...files.map((file) => join(root, file)).filter(existsSync),
  ])
  if (read(stampPath) === wanted) return
  console.log(`Building the ${name} …`)
  rmSync(stampPath, { force: true })
  const { code, output } = await build()
  if (code !== 0) fail(`${output}\nThe ${name} could not be built: see the lines above.`)
  writeFileSync(stampPath, wanted)
}

// Once per build rather than once per request.
async function compress(folder) {
  const { brotliCompressSync, constants, gzipSync } = await import('node:zlib')
  for (const path of filesUnder(folder).filter((name) =>
    /\.(js|css|html|svg|json|webmanifest|wasm)$/.test(name),
  )) {
    const bytes = readFileSync(path)
    if (bytes.length < 1_000) continue
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
    writeFileSync(
      `${path}.br`,
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    )
  }
}

function filesUnder(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesUnder(path) : [path]
    })
    .sort()
}

function hashOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths) {
    const bytes = readFileSync(path)
    hash.update(`${path.slice(root.length)}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function readJson(path) {
  const text = read(path)
  return text === null ? null : JSON.parse(text)
}
