import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type LaunchOptions,
} from '@playwright/test'

/*
 * Which browser the tests run in: CHROME_PATH, else a Chromium or Chrome of this machine, else the one that
 * the npm package @sparticuz/chromium carries. The last needs nothing but npm: it brings its own libraries.
 */

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** What Playwright needs to launch the browser. Unpacks it the first time, which takes some two seconds. */
export async function browserLaunchOptions(): Promise<LaunchOptions> {
  const given = process.env.CHROME_PATH
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROME_PATH names ${given}, which is not there`)
    return { executablePath: given, args: ARGS }
  }
  const installed = INSTALLED.find((path) => existsSync(path))
  if (installed) return { executablePath: installed, args: ARGS }
  const folder = await unpackedChromium()
  const libraries = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  return {
    executablePath: join(folder, 'chromium'),
    args: ARGS,
    env: { ...definedEnv(), LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  }
}

/**
 * The package unpacks into whatever the temporary folder is and takes any `chromium` it finds there, so it
 * gets one of its own per version. Unpacked aside and moved into place whole: several workers may come at once.
 */
async function unpackedChromium(): Promise<string> {
  const require = createRequire(import.meta.url)
  const packageJson = require
    .resolve('@sparticuz/chromium')
    .replace(/(@sparticuz[\\/]chromium)[\\/].*$/, '$1/package.json')
  const { version } = JSON.parse(await readFile(packageJson, 'utf8')) as { version: string }
  const owner = createHash('sha256').update(`${process.getuid?.()} ${packageJson}`).digest('hex').slice(0, 8)
  const folder = join(tmpdir(), `evertill-chromium-${version}-${owner}`)
  if (existsSync(folder)) return folder

  const staging = await mkdtemp(join(tmpdir(), 'evertill-chromium-'))
  const unpack = "import('@sparticuz/chromium').then((chromium) => chromium.default.executablePath())"
  await promisify(execFile)(process.execPath, ['--eval', unpack], {
    cwd: import.meta.dirname,
    // VERCEL makes it unpack its shared libraries too.
    env: { ...process.env, TMPDIR: staging, VERCEL: '1' },
  })
  await mkdir(join(staging, 'cache'))
  await writeFile(join(staging, 'fonts.conf'), fontsConf(folder))
  await rename(staging, folder).catch(async (error) => {
    if (!existsSync(folder)) throw error
    await rm(staging, { recursive: true, force: true })
  })
  return folder
}

const fontsConf = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/cache</cachedir>
</fontconfig>
`

const definedEnv = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )

/** A browser on a profile that outlives it, as a till's does; it promises `origin` to keep its storage. */
export async function launchTill(
  profile: string,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(profile, {
    viewport: { width: 1280, height: 800 },
    serviceWorkers: 'allow',
    ...options,
    ...(await browserLaunchOptions()),
  })
  await allowPersistence(context, origin)
  return context
}

/** An installed app gets this by itself; Playwright knows no name for the permission. */
export async function allowPersistence(context: BrowserContext, origin: string): Promise<void> {
  const session = await ownBrowser(context).newBrowserCDPSession()
  await session.send('Browser.setPermission', {
    permission: { name: 'persistent-storage' },
    setting: 'granted',
    origin,
  })
  await session.detach()
}

/** Ends the browser as a power cut does: SIGKILL to all its processes, no goodbye. */
export async function killBrowser(context: BrowserContext): Promise<void> {
  const kill = await killerOf(context)
  await kill()
}

/** The same for when every millisecond counts: what has to be asked is asked before, the kill itself is one call. */
export async function killerOf(context: BrowserContext): Promise<() => Promise<void>> {
  const session = await ownBrowser(context).newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const pid = processInfo.find((process) => process.type === 'browser')?.id
  if (pid === undefined) throw new Error('the browser does not say which process it is')
  const closed = new Promise<void>((resolve) => context.once('close', () => resolve()))
  return () => {
    process.kill(-pid, 'SIGKILL')
    return closed
  }
}

function ownBrowser(context: BrowserContext): Browser {
  const browser = context.browser()
  if (browser === null) throw new Error('the context has no browser')
  return browser
}
