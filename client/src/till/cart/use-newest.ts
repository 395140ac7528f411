import type { CartLine } from '@evertill/shared/domain/cart'
import { useState } from 'react'

/** The line that came or grew last, since this is shown. */
export function useNewest(lines: readonly CartLine[]): string | undefined {
  const [before, setBefore] = useState(lines)
  const [newest, setNewest] = useState<string>()
  if (before !== lines) {
    setBefore(lines)
    const grown = lines.findLast(
      ({ lineId, quantity }) => quantity > (before.find((line) => line.lineId === lineId)?.quantity ?? 0),
    )
    if (grown !== undefined) setNewest(grown.lineId)
  }
  return newest
}
