import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react'

interface RowKeysOptions {
  readonly scroller: RefObject<HTMLElement | null>
  readonly rowCount: number
  /** Another first row means another search: the keys start at the top again. */
  readonly firstRowId: string | undefined
  readonly rowHeight: number
  readonly scrollToRow: (index: number) => void
}

/** Arrow, page, Home and End keys move the focus from row to row, also to rows that do not exist yet. */
export function useRowKeys({ scroller, rowCount, firstRowId, rowHeight, scrollToRow }: RowKeysOptions) {
  const [activeRow, setActiveRow] = useState(0)
  useEffect(() => {
    if (firstRowId !== undefined) setActiveRow(0)
  }, [firstRowId])

  function focusRow(index: number): boolean {
    const main = scroller.current?.querySelector<HTMLElement>(`[data-row="${index}"] [data-row-main]`)
    main?.focus({ preventScroll: true })
    return main !== null && main !== undefined
  }

  function goTo(index: number) {
    const target = Math.max(0, Math.min(rowCount - 1, index))
    setActiveRow(target)
    scrollToRow(target)
    // At once where the row exists, so that fast keys are counted one by one; else once it does.
    if (!focusRow(target)) requestAnimationFrame(() => focusRow(target))
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (!(event.target instanceof HTMLElement) || !('rowMain' in event.target.dataset)) return
    const row = Number(event.target.closest<HTMLElement>('[data-row]')?.dataset.row)
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2)
    const steps: Record<string, number> = {
      ArrowDown: row + 1,
      ArrowUp: row - 1,
      PageDown: row + page,
      PageUp: row - page,
      Home: 0,
      End: rowCount - 1,
    }
    const target = steps[event.key]
    if (target === undefined) return
    event.preventDefault()
    goTo(target)
  }
  return { activeRow, setActiveRow, onKeyDown }
}
