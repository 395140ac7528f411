import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A temporary DATA_DIR, searchable for the unprivileged user that runs Postgres when the tests run as root. */
export async function makeDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'evertill-test-'))
  await chmod(folder, 0o711)
  return folder
}
