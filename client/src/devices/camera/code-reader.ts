import type { DecodeAnswer } from './decoding-worker.ts'
import { type Found, readCode } from './read-code.ts'
import { readingSize, type Size, visiblePart } from './visible-part.ts'

/** Reads codes off a running video: by the browser where it can, else by a decoder in a worker. */
export interface CodeReader {
  /** @param box how large the video is shown, in whatever unit: only what is seen of it is read */
  read(video: HTMLVideoElement, box: Size): Promise<readonly string[]>
  close(): void
}

// TypeScript's library does not have it yet: https://wicg.github.io/shape-detection-api/#barcode-detection-api
interface BarcodeDetectorApi {
  new (options: {
    formats: readonly string[]
  }): {
    detect(source: HTMLCanvasElement): Promise<{ format: string; rawValue: string }[]>
  }
  getSupportedFormats(): Promise<string[]>
}

const FORMATS = ['ean_13', 'ean_8', 'upc_a', 'upc_e', 'code_128', 'qr_code'] as const

type Decode = (canvas: HTMLCanvasElement) => Promise<readonly Found[]>

export async function openCodeReader(): Promise<CodeReader> {
  const own = await browsersDecoder()
  const { decode, close } = own ?? decoderIn(openWorker)
  const canvas = document.createElement('canvas')
  return {
    async read(video, box) {
      const picture = { width: video.videoWidth, height: video.videoHeight }
      if (picture.width === 0 || picture.height === 0) return []
      const part = visiblePart(picture, box)
      const { width, height } = readingSize(part)
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
      const context = canvas.getContext('2d', { willReadFrequently: true })
      if (context === null) throw new Error('this browser draws no pictures')
      context.drawImage(video, part.x, part.y, part.width, part.height, 0, 0, width, height)
      return (await decode(canvas)).map(readCode).filter((code) => code !== '')
    },
    close,
  }
}

export interface Decoder {
  readonly decode: Decode
  readonly close: () => void
}

/** Some browsers have the interface and read nothing: only one that knows all our kinds will do. */
async function browsersDecoder(): Promise<Decoder | undefined> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: BarcodeDetectorApi }
  if (BarcodeDetector === undefined) return undefined
  const known = await BarcodeDetector.getSupportedFormats().catch((): string[] => [])
  if (!FORMATS.every((format) => known.includes(format))) return undefined
  const detector = new BarcodeDetector({ formats: FORMATS })
  return {
    decode: async (canvas) =>
      (await detector.detect(canvas)).map(({ format, rawValue }) => ({ format, text: rawValue })),
    close: () => undefined,
  }
}

const openWorker = (): DecodeWorker =>
  new Worker(new URL('./decoding-worker.ts', import.meta.url), { type: 'module' })

/** As much of a Worker as is needed. */
export type DecodeWorker = Pick<Worker, 'onmessage' | 'onerror' | 'postMessage' | 'terminate'>

/** As long as a slow tablet may take to start it, several times over. */
const ANSWER_WITHIN_MS = 20_000

/** The second of two that never answered is the last: what is slow for one is slow for all. */
const MOST_SILENT = 2

/**
 * A worker that failed once, also before it was asked anything, reads nothing more. One that gave no answer in time
 * is ended, and another takes its place: on a device that was locked, time went by in which it could not run.
 */
export function decoderIn(open: () => DecodeWorker, answerWithinMs = ANSWER_WITHIN_MS): Decoder {
  let waiting:
    | { readonly resolve: (found: readonly Found[]) => void; readonly reject: (why: Error) => void }
    | undefined
  let broken: Error | undefined
  let silent = 0
  let worker: DecodeWorker | undefined = start()
  function start(): DecodeWorker {
    const started = open()
    started.onerror = () => {
      if (started !== worker) return
      broken = new Error('the decoder did not start')
      end(broken)
    }
    started.onmessage = ({ data }: MessageEvent<DecodeAnswer>) => {
      // One that was ended may have answered just before.
      if (started !== worker) return
      silent = 0
      if (data.found === undefined) waiting?.reject(new Error('the decoder failed'))
      else waiting?.resolve(data.found)
    }
    return started
  }
  function end(why: Error) {
    worker?.terminate()
    worker = undefined
    waiting?.reject(why)
  }
  const endSilent = () => {
    const why = new Error('the decoder gave no answer')
    silent += 1
    if (silent === MOST_SILENT) broken = why
    end(why)
  }
  return {
    decode: async (canvas) => {
      if (broken !== undefined) throw broken
      const context = canvas.getContext('2d')
      if (context === null) return []
      const image = context.getImageData(0, 0, canvas.width, canvas.height)
      worker ??= start()
      const asked = worker
      const late = setTimeout(endSilent, answerWithinMs)
      const answer = new Promise<readonly Found[]>((resolve, reject) => {
        waiting = { resolve, reject }
        asked.postMessage(image, [image.data.buffer])
      })
      return await answer.finally(() => clearTimeout(late))
    },
    close: () => worker?.terminate(),
  }
}
