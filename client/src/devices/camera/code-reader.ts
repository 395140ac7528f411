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
  const { decode, close } = own ?? workersDecoder()
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

interface Decoder {
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

function workersDecoder(): Decoder {
  const worker = new Worker(new URL('./decoding-worker.ts', import.meta.url), { type: 'module' })
  return {
    decode: (canvas) =>
      new Promise((resolve, reject) => {
        const context = canvas.getContext('2d')
        if (context === null) return resolve([])
        worker.onmessage = ({ data }: MessageEvent<DecodeAnswer>) =>
          data.found === undefined ? reject(new Error('the decoder failed')) : resolve(data.found)
        worker.onerror = () => reject(new Error('the decoder did not start'))
        const image = context.getImageData(0, 0, canvas.width, canvas.height)
        worker.postMessage(image, [image.data.buffer])
      }),
    close: () => worker.terminate(),
  }
}
