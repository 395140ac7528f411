import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const PREPARE = pathToFileURL(resolve(import.meta.dirname, '../../server/bin/prepare.mjs')).href

/** Playwright's global set-up: the server serves the built client, so it is built when it is older than the code. */
export default function buildClient(): void {
  const prepare = `import(${JSON.stringify(PREPARE)}).then(({ prepare }) => prepare({ client: true }))`
  execFileSync(process.execPath, ['--eval', prepare], {
    // Standard output belongs to the reporter.
    stdio: ['ignore', process.stderr, 'inherit'],
  })
}
