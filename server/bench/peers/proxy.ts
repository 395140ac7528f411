import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { seededRandom } from './random.ts'

export interface Traffic {
  requests: number
  /** From the client: request lines, headers and bodies. */
  bytes: number
  lost: number
}

/**
 * The network between the page and the server. Serves the page's files itself and carries /api: while the network
 * is down it refuses, else every answer is fetched whole (so the server has committed) and then, at the given
 * rate, thrown away. The n-th answer meets the same fate for every peer.
 *
 * Every request has a connection of its own: on a kept-alive one Chromium sends a request whose answer is lost
 * again by itself, and the library under test would never hear of the loss.
 */
export class FaultProxy {
  readonly #server: Server
  readonly #files: ReadonlyMap<string, { type: string; text: string }>
  readonly #target: string
  readonly #faults: { rate: number; seed: number }
  #isLost = () => false
  isUp = true
  traffic: Traffic = { requests: 0, bytes: 0, lost: 0 }
  lastRequestAt = performance.now()

  private constructor(
    files: ReadonlyMap<string, { type: string; text: string }>,
    target: string,
    faults: { rate: number; seed: number },
  ) {
    this.#files = files
    this.#target = target
    this.#faults = faults
    this.#server = createServer((incoming, answer) => {
      answer.setHeader('connection', 'close')
      if (incoming.url?.startsWith('/api')) this.#carry(incoming, answer).catch(() => answer.destroy())
      else this.#serve(incoming, answer)
    })
  }

  static async start(
    files: ReadonlyMap<string, { type: string; text: string }>,
    target: string,
    faults: { rate: number; seed: number },
  ): Promise<FaultProxy> {
    const proxy = new FaultProxy(files, target, faults)
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Counts from here, and loses answers from here. */
  startFaults(): void {
    const random = seededRandom(this.#faults.seed)
    this.#isLost = () => random() < this.#faults.rate
    this.traffic = { requests: 0, bytes: 0, lost: 0 }
  }

  stop(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  #serve(incoming: IncomingMessage, answer: ServerResponse): void {
    const file = this.#files.get(incoming.url ?? '')
    answer.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' })
    answer.end(file?.text)
  }

  async #carry(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    if (!this.isUp) {
      incoming.socket.destroy()
      return
    }
    const { socket } = incoming
    this.lastRequestAt = performance.now()
    this.traffic.requests++
    const body = await bytesOf(incoming)
    this.traffic.bytes += socket.bytesRead
    const { status, headers, bytes } = await this.#forward(incoming, body)
    this.lastRequestAt = performance.now()
    if (this.#isLost()) {
      this.traffic.lost++
      socket.destroy()
      return
    }
    answer.writeHead(status, { ...headers, connection: 'close' })
    answer.end(bytes)
  }

  #forward(
    incoming: IncomingMessage,
    body: Buffer,
  ): Promise<{ status: number; headers: IncomingMessage['headers']; bytes: Buffer }> {
    return new Promise((resolve, reject) => {
      const onward = request(new URL(incoming.url ?? '/', this.#target), {
        method: incoming.method,
        headers: { ...incoming.headers, connection: 'keep-alive' },
      })
      onward.on('error', reject)
      onward.on('response', (response) => {
        bytesOf(response).then((bytes) => {
          resolve({ status: response.statusCode ?? 502, headers: response.headers, bytes })
        }, reject)
      })
      onward.end(body)
    })
  }
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  return Buffer.concat(chunks)
}
