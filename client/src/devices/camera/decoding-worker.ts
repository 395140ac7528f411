/// <reference lib="webworker" />
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import type { Found } from './read-code.ts'

declare const self: DedicatedWorkerGlobalScope

export interface DecodeAnswer {
  readonly found?: readonly Found[]
  readonly failed?: true
}

// From this server, never from anyone else's: a till is offline, and the page allows no other.
prepareZXingModule({ overrides: { locateFile: () => wasmUrl } })

self.onmessage = ({ data }: MessageEvent<ImageData>) => {
  readBarcodes(data, {
    formats: ['EAN13', 'EAN8', 'UPCA', 'UPCE', 'Code128', 'QRCode'],
    textMode: 'Plain',
    tryDownscale: false,
    maxNumberOfSymbols: 4,
  }).then(
    (results) =>
      self.postMessage({
        found: results.map(({ format, text }) => ({ format, text })),
      } satisfies DecodeAnswer),
    () => self.postMessage({ failed: true } satisfies DecodeAnswer),
  )
}
