/*
 * Arrays as Postgres reads them. Ten thousand values go up with a push, so they are written straight into
 * one string instead of through the driver's serializer of each value. Pass them as
 * `sql.typed(literal, oid of the array)`: sql.array() does not know array types yet in a pool's first query.
 */

/** For values whose text holds nothing special: uuids, numbers, booleans, dates, instants. */
export const plainArray = (values: readonly (string | number | boolean | null)[]): string =>
  `{${values.map((value) => value ?? 'null').join(',')}}`

export const textArray = (values: readonly (string | null)[]): string =>
  `{${values.map((value) => (value === null ? 'null' : quoted(value))).join(',')}}`

/** Bytes given as hex. */
export const byteaArray = (values: readonly string[]): string =>
  `{${values.map((hex) => `\\\\x${hex}`).join(',')}}`

const quoted = (text: string): string => `"${special.test(text) ? text.replace(allSpecial, '\\$&') : text}"`
const special = /["\\]/
const allSpecial = /["\\]/g
