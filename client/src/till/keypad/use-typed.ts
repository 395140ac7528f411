import { useEffect, useRef, useState } from 'react'
import { onScannerKeysTaken } from '../../devices/use-wedge-scanner.ts'

const MOST_STEPS = 20

/** What is typed on a keypad. Keys that turn out to be a scanner's are taken out again. */
export function useTyped(): readonly [text: string, setText: (text: string) => void] {
  const [text, setText] = useState('')
  const before = useRef<{ readonly at: number; readonly text: string }[]>([])
  useEffect(
    () =>
      onScannerKeysTaken((since) => {
        const then = before.current.find(({ at }) => at >= since)
        if (then !== undefined) setText(then.text)
      }),
    [],
  )
  const type = (next: string) => {
    before.current = [...before.current.slice(-MOST_STEPS), { at: performance.now(), text }]
    setText(next)
  }
  return [text, type]
}
