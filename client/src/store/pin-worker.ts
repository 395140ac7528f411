/// <reference lib="webworker" />
import type { PinAnswer, PinQuestion } from './pin-thread.ts'
import { pinVerifier } from './pin-verifier.ts'

declare const self: DedicatedWorkerGlobalScope

// A PIN's arithmetic is meant to take its time: on a thread of its own the page can be touched meanwhile.
const send = (answer: PinAnswer) => self.postMessage(answer)

self.onmessage = ({ data: { no, pin, salt, tillId } }: MessageEvent<PinQuestion>) => {
  void pinVerifier(pin, salt, tillId).then(
    (verifier) => send({ no, verifier }),
    () => send({ no }),
  )
}
send({ no: 0 })
