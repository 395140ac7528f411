import { spawnSync } from 'node:child_process'
import { chmod, cp, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BootError } from '../../boot-error.ts'
import { copyBinaries, findBinaries, librariesAreLinked, linkLibraries } from './postgres-binaries.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evertill-binaries-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** As npm leaves the package when it was told not to run its scripts: files, but no links. */
async function unlinkedPackage(): Promise<{ native: string; version: string }> {
  const { native, version } = await findBinaries()
  const copy = join(folder, 'package', 'native')
  await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  for (const name of ['libpq.so.5', 'libicuuc.so.60', 'libicui18n.so.60', 'libicudata.so.60']) {
    await rm(join(copy, 'lib', name), { force: true })
  }
  return { native: copy, version }
}

function runs(native: string): boolean {
  return spawnSync(join(native, 'bin', 'postgres'), ['--version']).status === 0
}

test.runIf(process.platform === 'linux')(
  'the links that a blocked postinstall left out are made',
  async () => {
    const { native } = await unlinkedPackage()
    expect(await librariesAreLinked(native)).toBe(false)
    expect(runs(native)).toBe(false)
    await linkLibraries(native)
    expect(await librariesAreLinked(native)).toBe(true)
    expect(runs(native)).toBe(true)
  },
)

test.runIf(process.platform === 'linux')(
  'a copy is complete and open to every user, whatever the umask was',
  async () => {
    const installed = await unlinkedPackage()
    await chmod(join(installed.native, 'bin'), 0o700)
    await chmod(join(installed.native, 'bin', 'postgres'), 0o700)
    const copy = await copyBinaries(installed, folder)
    expect(runs(copy.native)).toBe(true)
    expect((await stat(join(copy.native, 'bin'))).mode & 0o777).toBe(0o755)
    expect((await stat(join(copy.native, 'bin', 'postgres'))).mode & 0o777).toBe(0o755)
    expect(await copyBinaries(installed, folder)).toEqual(copy)
  },
)

test('a machine without binaries is told to set DATABASE_URL', async () => {
  await expect(findBinaries('sunos', 'sparc')).rejects.toThrow(BootError)
  await expect(findBinaries('sunos', 'sparc')).rejects.toThrow(/sunos-sparc.*set DATABASE_URL/)
})
