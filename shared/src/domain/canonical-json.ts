export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }

/**
 * Canonical JSON after RFC 8785: keys sorted by UTF-16 code units, no white space, shortest numbers.
 * `undefined` members are left out, as JSON.stringify does.
 * @throws TypeError on what JSON cannot hold (NaN, lone surrogates, functions, holes, dates and other class instances)
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new TypeError('a lone surrogate has no canonical form')
      return JSON.stringify(value)
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical form`)
      return JSON.stringify(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      break
    default:
      throw new TypeError(`${typeof value} has no canonical form`)
  }
  if (value === null) return 'null'
  // Array.from, because map would skip holes and leave nothing between two commas.
  if (Array.isArray(value)) return `[${Array.from(value, (item) => canonicalJson(item)).join(',')}]`
  if (!isPlainObject(value)) throw new TypeError(`a ${value.constructor.name} has no canonical form`)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1)) // RFC 8785 3.2.3: by UTF-16 code units, which is what < compares
    .map(([key, member]) => `${canonicalJson(key)}:${canonicalJson(member)}`)
  return `{${members.join(',')}}`
}

// By the prototype's prototype, so that objects of another realm (a frame, a worker, a test's sandbox) pass too.
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
