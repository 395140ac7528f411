import { type RefObject, useEffect, useRef } from 'react'

/** Whether this part is still on the page: what it began before it left must not be finished behind anyone's back. */
export function useIsHere(): RefObject<boolean> {
  const isHere = useRef(true)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  return isHere
}
