import type { Entry } from '@evertill/shared/protocol/entry'
import { useState } from 'react'
import { playSound } from '../../devices/sound.ts'
import type { RecordInput } from '../../store/record-entry.ts'
import { useServices, useStaff } from '../till-context.tsx'
import { type NotRecorded, useRecordWords } from './record-words.ts'

export interface Recorder {
  readonly recording: boolean
  /** Why the last try recorded nothing. */
  readonly refusal: string | undefined
  /** Records once however often it is hit, sends what was recorded on its way, and hands it on. */
  readonly record: <T extends { readonly entry: Entry }>(
    work: (input: RecordInput) => Promise<T | NotRecorded>,
    done: (recorded: T) => void,
  ) => void
}

export function useRecorder(): Recorder {
  const { now, newId, sync } = useServices()
  const { staffId } = useStaff()
  const wordsFor = useRecordWords()
  const [recording, setRecording] = useState(false)
  const [refusal, setRefusal] = useState<string>()
  const refuse = (refused: NotRecorded) => {
    playSound('refused')
    setRefusal(wordsFor(refused))
  }
  return {
    recording,
    refusal,
    record: (work, done) => {
      if (recording) return
      setRecording(true)
      setRefusal(undefined)
      void work({ staffId, now: now(), newId })
        .then((result) => {
          if ('code' in result) return refuse(result)
          sync.wake()
          done(result)
        })
        .catch((error: unknown) => {
          // Nobody knows this one: still, a cashier must not take silence for done.
          console.error(error)
          refuse({ code: 'not-stored', cause: 'storage-failed', message: String(error) })
        })
        .finally(() => setRecording(false))
    },
  }
}
