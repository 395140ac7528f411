/** Up to two letters for a product without a picture: the first letters of its first two words. */
export function initialsOf(name: string): string {
  const all = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  // Sizes say little: "Blueberries 125 g" is BL and "100 Plus" is PL, while "4711" keeps its digits.
  const isNumber = (word: string) => /^\p{N}/u.test(word)
  const start = all.findIndex((word) => !isNumber(word))
  const end = all.findIndex((word, i) => i > start && isNumber(word))
  const words = start < 0 ? all : all.slice(start, end < 0 ? undefined : end)
  const [first = '', second] = words
  const letters = second === undefined ? [...first].slice(0, 2) : [[...first][0], [...second][0]]
  return letters.join('').toUpperCase()
}

/** A stable hue (degrees) for a name: the same product looks the same on every till. */
export function hueOf(name: string): number {
  let hash = 2166136261
  for (const char of name) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619)
  return ((hash >>> 8) % 24) * 15
}
