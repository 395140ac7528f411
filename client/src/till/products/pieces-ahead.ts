/** What stands in the search, taken apart: `6*milk` is six of what `milk` finds, `6*` six of what is added next. */
export interface PiecesAhead {
  /** undefined where none were typed. */
  readonly pieces: number | undefined
  readonly rest: string
}

export function piecesAhead(text: string): PiecesAhead {
  const [, digits, rest] = /^\s*0*([1-9]\d{0,3})\s*[*×](.*)$/.exec(text) ?? []
  return digits === undefined
    ? { pieces: undefined, rest: text }
    : { pieces: Number(digits), rest: rest ?? '' }
}
