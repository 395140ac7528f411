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

const byPattern = new Set(['uuid', 'datetime', 'date'])
const never: QuickGuard = () => false

/**
 * Makes a guard of a schema, three times as fast as the schema itself: nearly every line of a push is as it should
 * be, and zod is asked only about the others, for its verdict and its words. What passes the guard passes the
 * schema and comes out of it as it went in; whatever the guard does not understand it lets nobody pass.
 */
export function quickGuard(schema: z.core.$ZodType): QuickGuard {
  const def = schema._zod.def as unknown as Def
  const base = guardOfType(def)
  const checks = (def.checks ?? []).map(({ _zod }) => guardOfCheck(_zod.def))
  return checks.length === 0 ? base : (value) => base(value) && checks.every((check) => check(value))
}

function guardOfType(def: Def): QuickGuard {
  switch (def.type) {
    case 'string': {
      const { format, pattern } = def
      if (format === undefined) return (value) => typeof value === 'string'
      // Other formats do more than match their pattern.
      if (!byPattern.has(format) || pattern === undefined) return never
      return (value) => typeof value === 'string' && pattern.test(value)
    }
    case 'number':
      if (def.format === undefined) return Number.isFinite
      return def.format === 'safeint' ? Number.isSafeInteger : never
    case 'boolean':
      return (value) => typeof value === 'boolean'
    case 'literal':
      return oneOf(def.values ?? [])
    case 'enum':
      return oneOf(Object.values(def.entries ?? {}))
    case 'array': {
      const item = def.element === undefined ? never : quickGuard(def.element)
      return (value) => Array.isArray(value) && value.every(item)
    }
    case 'object':
      return guardOfObject(def.shape ?? {})
    case 'nullable': {
      const inner = def.innerType === undefined ? never : quickGuard(def.innerType)
      return (value) => value === null || inner(value)
    }
    case 'union':
      return guardOfUnion(def)
    default:
      return never
  }
}

function guardOfCheck({
  check,
  value: bound = 0,
  inclusive,
  minimum = 0,
  maximum = 0,
  pattern,
  format,
}: CheckDef) {
  const lengthOf = (value: unknown) => (value as string | readonly unknown[]).length
  const guards: Record<string, QuickGuard> = {
    greater_than: (value) => (inclusive ? (value as number) >= bound : (value as number) > bound),
    less_than: (value) => (inclusive ? (value as number) <= bound : (value as number) < bound),
    min_length: (value) => lengthOf(value) >= minimum,
    max_length: (value) => lengthOf(value) <= maximum,
    string_format:
      pattern === undefined || !(format === 'regex' || format === 'lowercase')
        ? never
        : (value) => pattern.test(value as string),
  }
  return guards[check] ?? never
}

const oneOf = (values: readonly unknown[]): QuickGuard => {
  const known = new Set(values)
  return (value) => known.has(value)
}

/** Members that the schema does not name are left to it: it would take them away. */
function guardOfObject(shape: Readonly<Record<string, z.core.$ZodType>>): QuickGuard {
  const members = Object.entries(shape).map(([name, schema]) => {
    const { type, innerType } = schema._zod.def as unknown as Def
    const optional = type === 'optional' && innerType !== undefined
    return { name, optional, guard: quickGuard(optional ? innerType : schema) }
  })
  return (value) => {
    if (!isObject(value)) return false
    let left = Object.keys(value).length
    for (const { name, optional, guard } of members) {
      const member = value[name]
      if (member === undefined) {
        if (!optional || Object.hasOwn(value, name)) return false
      } else {
        if (!guard(member)) return false
        left -= 1
      }
    }
    return left === 0
  }
}

function guardOfUnion({ discriminator, options = [] }: Def): QuickGuard {
  if (discriminator === undefined) return never
  const guards = new Map<unknown, QuickGuard>()
  for (const option of options) {
    const kind = (option._zod.def as unknown as Def).shape?.[discriminator]
    const { values = [] } = (kind?._zod.def ?? {}) as unknown as Def
    for (const value of values) guards.set(value, quickGuard(option))
  }
  return (value) => isObject(value) && (guards.get(value[discriminator]) ?? never)(value)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
