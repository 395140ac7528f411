import { keepAwake } from '../keep-awake.ts'
import { type CodeReader, openCodeReader } from './code-reader.ts'
import { cameraIds, closeCamera, type NoCamera, openCamera } from './open-camera.ts'
import { watchCodes } from './watch-codes.ts'

/** Why nothing is read: there is no picture, or what reads pictures fails. */
export type CameraEnd = NoCamera | 'unreadable'

export interface RunningCamera {
  readonly stream: MediaStream
  readonly deviceId: string | undefined
  /** All of this device. */
  readonly ids: readonly string[]
}

export interface CameraRun {
  readonly video: HTMLVideoElement
  /** A certain camera; else the one that looks away from the person. */
  readonly deviceId: string | undefined
  readonly isPaused: () => boolean
  readonly onRunning: (camera: RunningCamera) => void
  readonly onCode: (code: string) => void
  /** It ended by itself, and everything is stopped. */
  readonly onEnd: (end: CameraEnd) => void
  /** Stops everything. */
  readonly stop: AbortController
}

export interface CameraMeans {
  readonly media: Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices'> | undefined
  readonly openReader: () => Promise<CodeReader>
  /** @returns what ends it */
  readonly keepAwake: () => () => void
}

const ownMeans = (): CameraMeans => ({
  media: navigator.mediaDevices,
  openReader: openCodeReader,
  keepAwake,
})

/** Shows what a camera sees and reads codes off it, until it is stopped or there is nothing more to read. */
export async function runCamera(run: CameraRun, means: CameraMeans = ownMeans()): Promise<void> {
  const { video, isPaused, onCode, stop } = run
  const { signal } = stop
  const end = (why: CameraEnd) => {
    if (signal.aborted) return
    stop.abort()
    run.onEnd(why)
  }
  try {
    const opened = await openCamera(means.media, run.deviceId)
    if (opened.code !== 'open') return end(opened.code)
    const { stream, deviceId } = opened
    if (signal.aborted) return closeCamera(stream)
    signal.addEventListener('abort', () => {
      closeCamera(stream)
      video.srcObject = null
    })
    signal.addEventListener('abort', means.keepAwake())
    // Unplugged, or taken away by another app.
    for (const track of stream.getTracks()) track.addEventListener('ended', () => end('busy'))
    video.srcObject = stream
    await video.play().catch(() => undefined)
    const ids = await cameraIds(means.media)
    const reader = await means.openReader()
    if (signal.aborted) return reader.close()
    signal.addEventListener('abort', reader.close)
    run.onRunning({ stream, deviceId, ids })
    await watchCodes({ reader, video, isPaused, onCode, signal })
  } catch {
    end('unreadable')
  }
}
