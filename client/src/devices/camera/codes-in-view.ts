/*
 * Which codes that a camera sees count. The picture of one thing is read many times a second:
 *
 *   unseen ─▶ seen once ─▶ seen again: it counts ─▶ in view ─▶ gone for GONE_MS ─▶ unseen
 *
 * The second sighting is there because a blurred barcode is now and then read as another one, but not twice.
 */

/** How long a code has to be out of the picture to count once more. */
export const GONE_MS = 1000

export interface CodeInView {
  readonly code: string
  readonly counted: boolean
  /** When the first picture without it was taken; a slow device is not told from one that looks away otherwise. */
  readonly missingSince?: number
}

export interface Look {
  readonly inView: readonly CodeInView[]
  /** What counts with this picture. */
  readonly counted: readonly string[]
}

/**
 * @param inView of the picture before
 * @param seen what is read off this picture
 * @param at when it was taken, in ms
 */
export function lookAgain(inView: readonly CodeInView[], seen: readonly string[], at: number): Look {
  const next: CodeInView[] = []
  const counted: string[] = []
  for (const { code, counted: did, missingSince } of inView) {
    if (seen.includes(code)) {
      if (!did) counted.push(code)
      next.push({ code, counted: true })
    } else if (missingSince === undefined) next.push({ code, counted: did, missingSince: at })
    else if (at - missingSince < GONE_MS) next.push({ code, counted: did, missingSince })
  }
  const known = new Set(inView.map(({ code }) => code))
  for (const code of new Set(seen)) if (!known.has(code)) next.push({ code, counted: false })
  return { inView: next, counted }
}
