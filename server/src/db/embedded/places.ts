import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { access, constants, lstat, mkdir, readlink, realpath, symlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { BootError } from '../../boot-error.ts'
import { type Account, canRun, canSearch, chooseAccount } from './account.ts'
import { copyBinaries, findBinaries, librariesAreLinked, linkLibraries } from './postgres-binaries.ts'

/** Where Postgres runs: `native` holds the programs, `data` the cluster, `account` may reach both. */
export type Places = { native: string; data: string; account: Account }

/** Root's fallback when the unprivileged user cannot reach the project, for example under a 0700 home. */
const systemBase = '/var/lib/evertill'

export async function choosePlaces(dataDir: string, notice: (line: string) => void): Promise<Places> {
  await mkdir(dataDir, { recursive: true })
  const link = join(dataDir, 'postgres')
  const account = chooseAccount(link)
  const data = await placeData(link, account, notice)
  return { native: await placeBinaries(dirname(data), account), data, account }
}

async function placeData(link: string, account: Account, notice: (line: string) => void): Promise<string> {
  const present = await lstat(link).catch(() => null)
  const folder = present?.isSymbolicLink() ? await linkedBase(link) : dirname(link)
  if (canSearch(account, folder)) return join(await realpath(folder), 'postgres')
  if (present) {
    throw new BootError(
      `The database in ${link} runs as the user ${account?.name}, who cannot reach it: make every folder above it searchable (chmod o+x), or set another DATA_DIR.`,
    )
  }
  const base = join(systemBase, createHash('sha256').update(link).digest('hex').slice(0, 12))
  await mkdir(base, { recursive: true, mode: 0o755 })
  await symlink(join(base, 'postgres'), link)
  notice(`The user ${account?.name} cannot reach ${dirname(link)}: the database is kept in ${base}.`)
  return join(base, 'postgres')
}

async function placeBinaries(base: string, account: Account): Promise<string> {
  const installed = await findBinaries()
  if (!(await librariesAreLinked(installed.native)) && (await isWritable(join(installed.native, 'lib')))) {
    await linkLibraries(installed.native)
  }
  if (runs(installed.native, account)) return installed.native
  const copy = await copyBinaries(installed, base)
  if (runs(copy.native, account)) return copy.native
  throw new BootError(
    `The embedded Postgres does not run on this machine (try ${join(copy.native, 'bin', 'postgres')} --version): set DATABASE_URL to a Postgres 15 or newer.`,
  )
}

function runs(native: string, account: Account): boolean {
  return canRun(account, join(native, 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres'), [
    '--version',
  ])
}

async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  )
}

async function linkedBase(link: string): Promise<string> {
  const base = dirname(resolve(dirname(link), await readlink(link)))
  if (existsSync(base)) return base
  throw new BootError(
    `${link} points at a database that is gone: bring ${base} back, or remove the link to begin with an empty one.`,
  )
}
