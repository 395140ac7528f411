import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A temporary DATA_DIR, searchable for the unprivileged user that runs Postgres where this runs as root: else the
 * cluster would be kept elsewhere, and stay there when the folder is removed.
 */
export async function makeDataDir(prefix = 'evertill-test-'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix))
  await chmod(folder, 0o711)
  return folder
}
