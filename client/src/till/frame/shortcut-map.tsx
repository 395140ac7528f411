import { useEffect, useState } from 'react'
import { later } from '../../app/later.tsx'
import { useShortcuts } from './use-shortcuts.ts'

const LONG_PRESS_MS = 500

const ShortcutList = later(async () => (await import('./shortcut-list.tsx')).ShortcutList)

export function ShortcutMap({ opened, setOpened }: { opened: boolean; setOpened: (open: boolean) => void }) {
  const [held, setHeld] = useState(false)
  useShortcuts({ '?': () => setOpened(true) })
  useLongAlt(setHeld)
  const shown = opened || held
  const [wanted, setWanted] = useState(false)
  if (shown && !wanted) setWanted(true)
  return wanted && <ShortcutList opened={shown} onClose={() => setOpened(false)} />
}

/** Holding Alt alone shows the map for as long as it is held. */
function useLongAlt(setHeld: (held: boolean) => void): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const release = () => {
      clearTimeout(timer)
      timer = undefined
      setHeld(false)
    }
    const onDown = (event: KeyboardEvent) => {
      if (event.key !== 'Alt') release()
      else if (!event.repeat) timer = setTimeout(() => setHeld(true), LONG_PRESS_MS)
    }
    window.addEventListener('keydown', onDown)
    window.addEventListener('keyup', release)
    window.addEventListener('blur', release)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('keydown', onDown)
      window.removeEventListener('keyup', release)
      window.removeEventListener('blur', release)
    }
  }, [setHeld])
}
