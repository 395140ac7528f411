import { countText } from '../../app/format.ts'

/** `1 product`, `312 products`. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`
