import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')

/** Playwright's global set-up: the server serves the built client, so the build must be as new as the code. */
export default function buildClient(): void {
  const built = statSync(join(ROOT, 'client/dist/index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const sources = ['client/src', 'client/public', 'client/index.html', 'client/vite.config.ts', 'shared/src']
  if (built > Math.max(...sources.map((source) => newestIn(join(ROOT, source))))) return
  execFileSync(
    process.execPath,
    [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: join(ROOT, 'client'),
      stdio: 'inherit',
    },
  )
}

function newestIn(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return 0
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))))
}
