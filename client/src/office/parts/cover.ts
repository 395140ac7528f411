import { createContext, useContext, useEffect } from 'react'

/** Tells a panel that a dialog lies over it, so that Escape is meant for the dialog. */
export const CoverContext = createContext<(covered: boolean) => void>(() => {})

export function useCover(opened: boolean): void {
  const cover = useContext(CoverContext)
  useEffect(() => {
    if (!opened) return
    cover(true)
    return () => cover(false)
  }, [opened, cover])
}
