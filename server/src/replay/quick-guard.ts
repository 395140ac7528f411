import type { z } from 'zod'

/** Whether a value is as a schema wants it. False only means: ask the schema. */
export type QuickGuard = (value: unknown) => boolean

type CheckDef = {
  readonly check: string
  readonly format?: string
  readonly value?: number
  readonly inclusive?: boolean
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: RegExp
}
type Def = {
  readonly type: string
  readonly format?: string
  readonly pattern?: RegExp
  readonly checks?: readonly { readonly _zod: { readonly def: CheckDef } }[]
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>
  readonly element?: z.core.$ZodType
  readonly innerType?: z.core.$ZodType
  readonly options?: readonly z.core.$ZodType[]
  readonly discriminator?: string
  readonly values?: readonly unknown[]
  readonly entries?: Readonly<Record<string, unknown>>
}

/**
 * Makes a guard of a schema, five times as fast as the schema itself: nearly every line of a push is as it should be,
 * and zod is asked only about the others, for its verdict and its words. What passes the guard passes the schema and
 * comes out of it as it went in; whatever the guard does not understand it lets nobody pass.
 *
 * It is written out as code, as zod does for itself: every member is then read by its own name in a place of its own.
 */
export function quickGuard(schema: z.core.$ZodType): QuickGuard {
  const { functions, patterns, test } = writer()
  const verdict = test(schema, 'value')
  const make = new Function('patterns', `${functions.join('\n')}\nreturn (value) => ${verdict}`)
  return make(patterns) as QuickGuard
}

/** Whether a value is as it should be, as an expression in JavaScript. */
type Test = string
const NEVER: Test = 'false'

const byPattern = new Set(['uuid', 'datetime', 'date'])

/** Writes tests of values that stand in a variable, and the functions that these call. */
function writer() {
  const functions: string[] = []
  const patterns: RegExp[] = []

  const declare = (body: string): string => {
    const name = `is${functions.length}`
    functions.push(`function ${name}(value) { ${body} }`)
    return name
  }

  const matches = (pattern: RegExp, at: string): Test => `patterns[${patterns.push(pattern) - 1}].test(${at})`

  function test(schema: z.core.$ZodType, at: string): Test {
    const def = schema._zod.def as unknown as Def
    const base = testOfType(def, at)
    if (base === NEVER) return NEVER
    const checks = (def.checks ?? []).map(({ _zod }) => testOfCheck(_zod.def, at))
    return `(${[base, ...checks].join(' && ')})`
  }

  function testOfType(def: Def, at: string): Test {
    switch (def.type) {
      case 'string': {
        const { format, pattern } = def
        if (format === undefined) return `typeof ${at} === 'string'`
        // Other formats do more than match their pattern.
        if (!byPattern.has(format) || pattern === undefined) return NEVER
        return `typeof ${at} === 'string' && ${matches(pattern, at)}`
      }
      case 'number':
        if (def.format === undefined) return `Number.isFinite(${at})`
        return def.format === 'safeint' ? `Number.isSafeInteger(${at})` : NEVER
      case 'boolean':
        return `typeof ${at} === 'boolean'`
      case 'literal':
        return oneOf(def.values ?? [], at)
      case 'enum':
        return oneOf(Object.values(def.entries ?? {}), at)
      case 'array':
        return def.element === undefined ? NEVER : `${declare(testOfArray(def.element))}(${at})`
      case 'object':
        return `${declare(testOfObject(def.shape ?? {}))}(${at})`
      case 'nullable':
        return def.innerType === undefined ? NEVER : `(${at} === null || ${test(def.innerType, at)})`
      case 'union':
        return `${declare(testOfUnion(def))}(${at})`
      default:
        return NEVER
    }
  }

  function testOfCheck(
    { check, value = 0, inclusive, minimum = 0, maximum = 0, pattern, format }: CheckDef,
    at: string,
  ) {
    switch (check) {
      case 'greater_than':
        return `${at} ${inclusive ? '>=' : '>'} ${literal(value)}`
      case 'less_than':
        return `${at} ${inclusive ? '<=' : '<'} ${literal(value)}`
      case 'min_length':
        return `${at}.length >= ${literal(minimum)}`
      case 'max_length':
        return `${at}.length <= ${literal(maximum)}`
      case 'string_format':
        return pattern !== undefined && (format === 'regex' || format === 'lowercase')
          ? matches(pattern, at)
          : NEVER
      default:
        return NEVER
    }
  }

  const testOfArray = (element: z.core.$ZodType): string => `
    if (!Array.isArray(value)) return false
    for (const item of value) if (!${test(element, 'item')}) return false
    return true`

  /** Members that the schema does not name are left to it: it would take them away. */
  function testOfObject(shape: Readonly<Record<string, z.core.$ZodType>>): string {
    const members = Object.entries(shape).map(([name, schema], no) => {
      const { type, innerType } = schema._zod.def as unknown as Def
      const optional = type === 'optional' && innerType !== undefined
      const absent = optional ? `if (Object.hasOwn(value, ${literal(name)})) return false` : 'return false'
      return `
        const m${no} = value[${literal(name)}]
        if (m${no} === undefined) { ${absent} }
        else if (${test(optional ? innerType : schema, `m${no}`)}) left -= 1
        else return false`
    })
    return `
      if (${NO_OBJECT}) return false
      let left = 0
      for (const name in value) left += 1
      ${members.join('')}
      return left === 0`
  }

  function testOfUnion({ discriminator, options = [] }: Def): string {
    if (discriminator === undefined) return `return ${NEVER}`
    const cases = options.map((option) => {
      const kind = (option._zod.def as unknown as Def).shape?.[discriminator]
      const { values = [] } = (kind?._zod.def ?? {}) as unknown as Def
      const labels = values.filter(isPlain).map((value) => `case ${literal(value)}: `)
      return labels.length === 0 ? '' : `${labels.join('')} return ${test(option, 'value')}\n`
    })
    return `
      if (${NO_OBJECT}) return false
      switch (value[${literal(discriminator)}]) { ${cases.join('')} }
      return false`
  }

  return { functions, patterns, test }
}

const NO_OBJECT: Test = "typeof value !== 'object' || value === null || Array.isArray(value)"

const isPlain = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)

const literal = (value: string | number | boolean): string => JSON.stringify(value)

const oneOf = (values: readonly unknown[], at: string): Test =>
  `(${values.map((value) => (isPlain(value) ? `${at} === ${literal(value)}` : NEVER)).join(' || ') || NEVER})`
