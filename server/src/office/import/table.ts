import type { Cell } from './import-row.ts'
import type { CsvRow } from './read-csv.ts'

/** Finds cells by the name of their column, whatever its case and spacing. */
export interface Columns {
  /** The cell under the first of these columns that the file has; undefined when it has none of them. */
  cell(row: CsvRow, ...names: string[]): Cell | undefined
  has(...names: string[]): boolean
}

const normal = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')

export function columnsOf(header: readonly string[]): Columns {
  const places = new Map<string, number>()
  header.forEach((name, place) => {
    if (!places.has(normal(name))) places.set(normal(name), place)
  })
  const placeOf = (names: readonly string[]) =>
    names.map((name) => places.get(normal(name))).find((place) => place !== undefined)
  return {
    has: (...names) => names.every((name) => places.has(normal(name))),
    cell(row, ...names) {
      const place = placeOf(names)
      if (place === undefined) return undefined
      return { column: (header[place] ?? '').trim(), text: (row.cells[place] ?? '').trim() }
    },
  }
}

/** The cell, or an empty one under the column that should have been there. */
export const cellOr = (cell: Cell | undefined, column: string): Cell => cell ?? { column, text: '' }

/** An optional cell for an exact optional property. */
export const optional = <K extends string>(key: K, cell: Cell | undefined): { [P in K]?: Cell } =>
  (cell === undefined ? {} : { [key]: cell }) as { [P in K]?: Cell }
