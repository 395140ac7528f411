// npm test: everything that has to hold, the same here and in CI. All stages run; the last line counts.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { watchParent } from './parent-watch.mjs'
import { endChildrenOnSignal, prepare, root, runPackage } from './prepare.mjs'

watchParent()
await prepare({ client: true, server: true })
endChildrenOnSignal()

const reports = mkdtempSync(join(tmpdir(), 'evertill-reports-'))
const vitestReport = join(reports, 'vitest.json')
const playwrightReport = join(reports, 'playwright.json')
const playwrightConfig = 'client/playwright.config.ts'

const stages = [
  ['biome', () => runPackage('@biomejs/biome', 'bin/biome', ['ci', '.'])],
  ['types', () => runPackage('typescript', 'bin/tsc', ['-b'])],
  [
    'unit tests',
    () =>
      runPackage('vitest', 'vitest.mjs', [
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${vitestReport}`,
      ]),
  ],
]
if (existsSync(join(root, playwrightConfig))) {
  stages.push([
    'browser tests',
    () =>
      runPackage(
        '@playwright/test',
        'cli.js',
        ['test', '--config', playwrightConfig, '--reporter=list,json'],
        {
          env: { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport },
        },
      ),
  ])
}

const broken = []
for (const [name, stage] of stages) {
  console.log(`\n— ${name}`)
  if ((await stage()) !== 0) broken.push(name)
}

const vitest = readReport(vitestReport)
const playwright = readReport(playwrightReport)?.stats
rmSync(reports, { recursive: true, force: true })
const passed = (vitest?.numPassedTests ?? 0) + (playwright?.expected ?? 0) + (playwright?.flaky ?? 0)
const failedTests = (vitest?.numFailedTests ?? 0) + (playwright?.unexpected ?? 0)
// A stage without a failed test, such as the types, counts as one: a last line with "0 failed" is read as good.
const failed = Math.max(failedTests, broken.length)

if (broken.length > 0) console.log(`\nNot in order: ${broken.join(', ')}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed > 0 || passed === 0 ? 1 : 0)

function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}
