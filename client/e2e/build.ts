import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const PREPARE = pathToFileURL(resolve(import.meta.dirname, '../../server/bin/prepare.mjs')).href

/** Playwright's global set-up: what is tried is what `npm start` runs, so client and server are built where older than the code. */
export default function build(): void {
  const prepare = `import(${JSON.stringify(PREPARE)}).then(({ prepare }) => prepare({ client: true, server: true }))`
  execFileSync(process.execPath, ['--eval', prepare], {
    // Standard output belongs to the reporter.
    stdio: ['ignore', process.stderr, 'inherit'],
  })
}
