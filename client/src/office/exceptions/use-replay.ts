import type { ReplayReport } from '@evertill/shared/protocol/office/exceptions'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useOffice } from '../office-context.tsx'

/** All that shows what counts: any of it may change when entries begin to. */
const COUNTED = [
  ['exceptions'],
  ['held'],
  ['today'],
  ['sales'],
  ['sale'],
  ['shifts'],
  ['shift'],
  ['entries'],
  ['stock'],
  ['tills'],
]

export function useCountedChanged(): () => Promise<unknown> {
  const queryClient = useQueryClient()
  return () => Promise.all(COUNTED.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
}

/**
 * Reads held entries again part by part, up to the last that was shown, and says how far it is. A part that was answered
 * stays done.
 */
export function useReplay(exceptionId: string, onDone: (report: ReplayReport) => void) {
  const { api } = useOffice()
  const changed = useCountedChanged()
  const [done, setDone] = useState(0)
  const replay = useMutation({
    mutationFn: async (upTo: string) => {
      setDone(0)
      let sum: ReplayReport = {
        applied: 0,
        duplicate: 0,
        held: 0,
        reason: null,
        readTo: null,
        left: 0,
        since: 0,
      }
      do {
        const part = await api.replayHeld(exceptionId, { upTo, after: sum.readTo ?? 'start' })
        sum = {
          applied: sum.applied + part.applied,
          duplicate: sum.duplicate + part.duplicate,
          held: sum.held + part.held,
          reason: sum.reason ?? part.reason,
          readTo: part.readTo,
          left: part.left,
          since: part.since,
        }
        setDone(sum.applied + sum.duplicate + sum.held)
      } while (sum.left > 0)
      return sum
    },
    onSuccess: onDone,
    onSettled: changed,
  })
  return { replay, done }
}
