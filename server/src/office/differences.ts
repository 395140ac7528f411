export interface Difference {
  readonly field: string
  readonly from: unknown
  readonly to: unknown
}

/** The fields of `to` that are otherwise in `from`, as the audit log keeps them. */
export function differences<T extends object>(from: T, to: T): Difference[] {
  const fields = Object.keys(to) as (keyof T & string)[]
  return fields
    .filter((field) => JSON.stringify(from[field]) !== JSON.stringify(to[field]))
    .map((field) => ({ field, from: from[field], to: to[field] }))
}
