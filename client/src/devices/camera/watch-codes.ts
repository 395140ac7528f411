import type { CodeReader } from './code-reader.ts'
import { type CodeInView, lookAgain } from './codes-in-view.ts'

// Room for the screen between two pictures; the eye takes ten a second for moving.
const PAUSE_MS = 60
const MOST_FAILURES = 5

export interface Watching {
  readonly reader: CodeReader
  readonly video: HTMLVideoElement
  /** While this says so nothing is read, and what is in the picture then does not count afterwards. */
  readonly isPaused: () => boolean
  readonly onCode: (code: string) => void
  readonly signal: AbortSignal
}

/** Reads one picture after the other until it is stopped; throws where the reader fails again and again. */
export async function watchCodes({ reader, video, isPaused, onCode, signal }: Watching): Promise<void> {
  let inView: readonly CodeInView[] = []
  let failures = 0
  while (!signal.aborted) {
    if (!isPaused()) {
      const at = performance.now()
      const box = { width: video.clientWidth, height: video.clientHeight }
      try {
        const look = lookAgain(inView, await reader.read(video, box), at)
        failures = 0
        inView = look.inView
        // What was asked meanwhile is asked about what came before.
        if (!signal.aborted && !isPaused()) for (const code of look.counted) onCode(code)
      } catch (error) {
        failures += 1
        if (failures === MOST_FAILURES) throw error
      }
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}
