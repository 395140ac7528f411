/** Patterns that find every word of what was typed, anywhere and in any order; none when nothing was typed. */
export function wordPatterns(typed: string | undefined): string[] {
  const words = (typed ?? '').split(/\s+/).filter((word) => word !== '')
  return words.slice(0, 8).map((word) => `%${escapeLike(word)}%`)
}

/** A pattern for what starts with the text. */
export const prefixPattern = (typed: string): string => `${escapeLike(typed)}%`

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
