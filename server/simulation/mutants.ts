import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { MUTATIONS, type Mutation } from './mutations.ts'

/*
 * npm run simulate:mutants [-- --only <part of a name>] [--seeds 300]
 *
 * Breaks a copy of the sources on purpose, one way at a time, and runs what is meant to notice. A breakage that
 * nobody notices, or that no longer applies, is a hole in the proof.
 */

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    seeds: { type: 'string', default: '300' },
    sales: { type: 'string', default: '40' },
  },
})
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

type Fate = 'caught' | 'survived' | 'does not apply'

async function tryOut(
  copy: string,
  { file, search, replace, tests }: Mutation,
): Promise<{ fate: Fate; by: string }> {
  const path = join(copy, file)
  const text = await readFile(path, 'utf8')
  if (text.split(search).length !== 2) return { fate: 'does not apply', by: `${file} has changed` }
  await writeFile(
    path,
    text.replace(search, () => replace),
  )
  try {
    if (tests !== undefined) {
      const { code } = await exitCode(copy, ['node_modules/vitest/vitest.mjs', 'run', ...tests])
      return { fate: code === 0 ? 'survived' : 'caught', by: tests.map((test) => dirname(test)).join(', ') }
    }
    const { code, output } = await exitCode(copy, [
      '--import',
      'tsx',
      'server/simulation/simulate.ts',
      '--seeds',
      values.seeds,
      '--sales',
      values.sales,
      '--stop',
    ])
    const [seed, why] = /^(seed \d+) fails:\n\s*(.*)$/m.exec(output)?.slice(1) ?? []
    // A simulator that cannot even start has noticed nothing.
    if (code !== 0 && seed === undefined)
      return { fate: 'survived', by: `no history ran: ${output.slice(-300)}` }
    return { fate: code === 0 ? 'survived' : 'caught', by: code === 0 ? '' : `${seed}, ${why}` }
  } finally {
    await writeFile(path, text)
  }
}

const copy = await copySources()
let holes = 0
try {
  for (const mutation of MUTATIONS.filter(({ name }) => name.includes(values.only))) {
    const { fate, by } = await tryOut(copy, mutation)
    if (fate !== 'caught') holes++
    console.log(`${fate.padEnd(15)} ${mutation.name}  ${by.slice(0, 160)}`)
  }
} finally {
  await rm(copy, { recursive: true, force: true })
}
console.log(holes === 0 ? 'All were caught.' : `${holes} were not caught.`)
process.exit(holes === 0 ? 0 : 1)
