import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseSync, Visitor } from 'vite'

export interface Sentence {
  /** The English sentence, which is the key. */
  readonly key: string
  /** Said with a count, so it has plural forms. */
  readonly counted: boolean
  readonly where: string
}

/** Every sentence that the code under `folders` says by `t(…)`, as the parser sees it. */
export function sentencesIn(root: string, folders: readonly string[]): Sentence[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .flatMap((path) => sentencesOf(readFileSync(join(root, path), 'utf8'), relative('.', path)))
}

/** @throws where a sentence is put together at run time: nobody could translate it */
export function sentencesOf(source: string, where: string): Sentence[] {
  const { program, errors } = parseSync(where, source)
  const [error] = errors
  if (error !== undefined) throw new Error(`${where}: ${error.message}`)
  const found: Sentence[] = []
  new Visitor({
    CallExpression({ callee, arguments: [first, second] }) {
      const name =
        callee.type === 'Identifier'
          ? callee.name
          : callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
            ? callee.property.name
            : ''
      if (name !== 't' || first === undefined) return
      const counted =
        second?.type === 'ObjectExpression' &&
        second.properties.some(
          (property) =>
            property.type === 'Property' &&
            property.key.type === 'Identifier' &&
            property.key.name === 'count',
        )
      for (const key of literals(first, where)) found.push({ key, counted, where })
    },
  }).visit(program)
  return found
}

interface Expression {
  readonly type: string
  readonly value?: unknown
  readonly consequent?: Expression
  readonly alternate?: Expression
  readonly start: number
}

function literals(argument: unknown, where: string): string[] {
  const { type, value, consequent, alternate, start } = argument as Expression
  if (type === 'Literal' && typeof value === 'string') return [value]
  if (type === 'ConditionalExpression') return [...literals(consequent, where), ...literals(alternate, where)]
  throw new Error(`${where}: t() at ${start} is not given a sentence as it stands`)
}
