import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { BROKEN_OFF } from './broken-off.ts'
import { MUTATIONS, type Mutation } from './mutations.ts'

/*
 * npm run simulate:mutants [-- --only <pattern of names>] [--seeds 200]
 *
 * Runs the unbroken sources first: over the same seeds they must be clean. Then breaks a copy of them on purpose, one
 * way at a time, and runs what is meant to notice. A breakage that nobody notices, or that no longer applies, is a
 * hole in the proof.
 */

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    seeds: { type: 'string', default: '200' },
    sales: { type: 'string', default: '40' },
  },
})
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')
const root = fileURLToPath(new URL('../..', import.meta.url))
const workspaces = ['client', 'server', 'shared']

/** The sources alone; everything installed stays where it is. */
async function copySources(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'evertill-mutant-'))
  const left = /(^|\/)(node_modules|dist|dist-types|\.data)$/
  for (const name of [
    ...workspaces,
    'package.json',
    'vitest.config.ts',
    'tsconfig.json',
    'tsconfig.base.json',
  ])
    await cp(join(root, name), join(copy, name), {
      recursive: true,
      filter: (path) => !left.test(relative(root, path)),
    })
  // The workspaces' own names must lead into the copy.
  await mkdir(join(copy, 'node_modules', '@evertill'), { recursive: true })
  for (const name of await readdir(join(root, 'node_modules')))
    if (name !== '@evertill')
      await symlink(join(root, 'node_modules', name), join(copy, 'node_modules', name))
  for (const name of workspaces) {
    await symlink(join(copy, name), join(copy, 'node_modules', '@evertill', name))
    await symlink(join(root, name, 'node_modules'), join(copy, name, 'node_modules')).catch(() => undefined)
  }
  return copy
}

function exitCode(folder: string, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        output = (output + data).slice(-20_000)
      })
    child.on('exit', (code) => resolve({ code, output }))
  })
}

type Outcome =
  | { readonly fate: 'clean' }
  | { readonly fate: 'caught'; readonly by: string }
  /** Whatever was to notice could not even start, and has noticed nothing. */
  | { readonly fate: 'broken'; readonly why: string }

async function runTests(copy: string, tests: readonly string[]): Promise<Outcome> {
  const { code, output } = await exitCode(copy, ['node_modules/vitest/vitest.mjs', 'run', ...tests])
  if (code === 0) return { fate: 'clean' }
  const name = /^\s*FAIL\s+(.*)$/m.exec(output.replaceAll(COLOURS, ''))?.[1]
  return name === undefined
    ? { fate: 'broken', why: output.slice(-300) }
    : { fate: 'caught', by: `the test ${name.slice(name.lastIndexOf('/') + 1)}` }
}

async function simulate(copy: string): Promise<Outcome> {
  const args = ['--import', 'tsx', 'server/simulation/simulate.ts', '--stop']
  args.push('--seeds', values.seeds, '--sales', values.sales)
  const { code, output } = await exitCode(copy, args)
  if (code === 0) return { fate: 'clean' }
  const [seed, why] = /^(seed \d+) fails:\n\s*(.*)$/m.exec(output)?.slice(1) ?? []
  // Code that only trips says nothing of what a shop would lose by it.
  return seed === undefined || why?.includes(BROKEN_OFF)
    ? { fate: 'broken', why: why ?? output.slice(-300) }
    : { fate: 'caught', by: `the simulator, ${seed}: ${why}` }
}

const notice = (copy: string, { tests }: Pick<Mutation, 'tests'>): Promise<Outcome> =>
  tests === undefined ? simulate(copy) : runTests(copy, tests)

async function tryOut(copy: string, mutation: Mutation): Promise<{ caught: boolean; says: string }> {
  const { file, search, replace } = mutation
  const path = join(copy, file)
  const text = await readFile(path, 'utf8').catch(() => '')
  if (text.split(search).length !== 2) return { caught: false, says: `does not apply: ${file} has changed` }
  await writeFile(
    path,
    text.replace(search, () => replace),
  )
  try {
    const outcome = await notice(copy, mutation)
    switch (outcome.fate) {
      case 'clean':
        return { caught: false, says: 'survived' }
      case 'caught':
        return { caught: true, says: `caught by ${outcome.by}` }
      case 'broken':
        return { caught: false, says: `nothing ran: ${outcome.why}` }
    }
  } finally {
    await writeFile(path, text)
  }
}

/** What fails without any breakage proves nothing: everything that is to notice one must be clean before it. */
async function baseline(copy: string, mutations: readonly Mutation[]): Promise<string[]> {
  const tests = [...new Set(mutations.flatMap((mutation) => mutation.tests ?? []))]
  const outcomes: Outcome[] = []
  if (mutations.some((mutation) => mutation.tests === undefined)) outcomes.push(await simulate(copy))
  if (tests.length > 0) outcomes.push(await runTests(copy, tests))
  return outcomes.flatMap((outcome) => {
    if (outcome.fate === 'clean') return []
    return [outcome.fate === 'caught' ? outcome.by : outcome.why]
  })
}

const seconds = (since: number): string => `${Math.round((Date.now() - since) / 1000)} s`.padStart(6)

const mutations = MUTATIONS.filter(({ name }) => new RegExp(values.only).test(name))
const copy = await copySources()
let holes = 0
try {
  const startedAt = Date.now()
  const wrong = await baseline(copy, mutations)
  if (wrong.length > 0) {
    console.log(`The unbroken sources fail: ${wrong.join('; ')}`)
    holes = mutations.length
  } else {
    console.log(`${seconds(startedAt)}  the unbroken sources are clean over the same seeds and tests`)
    for (const mutation of mutations) {
      const triedAt = Date.now()
      const { caught, says } = await tryOut(copy, mutation)
      if (!caught) holes++
      console.log(`${seconds(triedAt)}  ${mutation.name}\n        ${says.slice(0, 200)}`)
    }
  }
} finally {
  await rm(copy, { recursive: true, force: true })
}
console.log(
  holes === 0 ? `All ${mutations.length} were caught.` : `${holes} of ${mutations.length} were not caught.`,
)
process.exit(holes === 0 && mutations.length > 0 ? 0 : 1)
