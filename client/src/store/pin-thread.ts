export interface PinQuestion {
  readonly no: number
  readonly pin: string
  readonly salt: string
  readonly tillId: string
}

/** That it is ready, with the number 0; then one for each question, without a verifier where it failed. */
export interface PinAnswer {
  readonly no: number
  readonly verifier?: string
}

export interface PinThread {
  pinVerifier(pin: string, salt: string, tillId: string): Promise<string>
}

/** What is used of a worker. */
export interface PinWorker {
  onmessage: ((event: MessageEvent<PinAnswer>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  postMessage(question: PinQuestion): void
}

const LONGEST_START_MS = 2000

/** Makes verifiers on a thread of its own. Rejects where that does not start; a question, where it does not work. */
export function openPinThread(worker: PinWorker): Promise<PinThread> {
  const waiting = new Map<number, { resolve(verifier: string): void; reject(error: Error): void }>()
  let no = 0
  let broken: Error | undefined
  const thread: PinThread = {
    pinVerifier: (pin, salt, tillId) =>
      new Promise((resolve, reject) => {
        if (broken !== undefined) return reject(broken)
        no += 1
        waiting.set(no, { resolve, reject })
        worker.postMessage({ no, pin, salt, tillId })
      }),
  }
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the PIN worker did not start')), LONGEST_START_MS)
    worker.onmessage = ({ data: { no: answered, verifier } }) => {
      if (answered === 0) {
        clearTimeout(timer)
        resolve(thread)
        return
      }
      const question = waiting.get(answered)
      waiting.delete(answered)
      if (verifier === undefined) question?.reject(new Error('the PIN worker failed'))
      else question?.resolve(verifier)
    }
    worker.onerror = () => {
      broken = new Error('the PIN worker broke')
      clearTimeout(timer)
      reject(broken)
      for (const question of waiting.values()) question.reject(broken)
      waiting.clear()
    }
  })
}

/** As `first` says, or as the page's own thread does where that fails: nobody is kept out for want of a worker. */
export const withFallback = (first: PinThread, fallback: () => Promise<PinThread>): PinThread => ({
  pinVerifier: (pin, salt, tillId) =>
    first.pinVerifier(pin, salt, tillId).catch(async () => (await fallback()).pinVerifier(pin, salt, tillId)),
})
