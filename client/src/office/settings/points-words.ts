export interface PointsWords {
  readonly title: string
  readonly confirm: string
  readonly words: string
}

/** An amount of points that a regular customer has. */
const EXAMPLE = 1000

/** What another worth of a point means for those who have some; nothing, where it stays. Both in minor units. */
export function pointsWords(
  before: number,
  after: number,
  money: (amount: number) => string,
): PointsWords | undefined {
  if (before === after) return undefined
  const worth = (value: number) => (value === 0 ? 'nothing' : money(EXAMPLE * value))
  const words = `1,000 points were worth ${worth(before)}, now ${worth(after)}. It holds for points that customers have already, from each till’s next contact on.`
  if (after === 0) return { title: 'Let points pay nothing?', confirm: 'Let points pay nothing', words }
  const title = after > before ? 'Make points worth more?' : 'Make points worth less?'
  return { title, confirm: `Make a point worth ${money(after)}`, words }
}
