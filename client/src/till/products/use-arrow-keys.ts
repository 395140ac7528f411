import type { KeyboardEvent } from 'react'

/** Arrow keys between the buttons of a list that is there as a whole; Home and End for its ends. */
export function useArrowKeys(columns: number) {
  return {
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const by = stepOf(event.key, columns)
      if (by === undefined) return
      const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button:enabled')]
      const at = buttons.indexOf(document.activeElement as HTMLElement)
      event.preventDefault()
      buttons[Math.max(0, Math.min(buttons.length - 1, at + by))]?.focus()
    },
  }
}

/** By how many places an arrow key moves in rows of so many columns; undefined for any other key. */
export const stepOf = (key: string, columns: number): number | undefined =>
  ({
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  })[key]
