import {
  type ClientRequest,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http'
import { gunzipSync } from 'node:zlib'
import { freePort } from './server-process.ts'

/** Where a push is cut: half of it on its way, all of it sent, or answered (so committed) but the answer lost. */
export type CutPoint = 'half-sent' | 'sent' | 'answered'

/**
 * The network between a till and its server, so that a test can take it away and cut it in the middle of
 * something. The till knows only this address; the server behind it may move.
 */
export class Link {
  readonly #server: Server
  readonly #target: () => URL
  readonly #port: number
  #cut: { at: CutPoint; during: () => Promise<void>; done: (result: Promise<void>) => void } | undefined

  private constructor(port: number, target: () => URL) {
    this.#port = port
    this.#target = target
    this.#server = createServer((incoming, answer) => {
      this.#carry(incoming, answer).catch(() => answer.destroy())
    })
  }

  static async to(target: () => URL): Promise<Link> {
    const link = new Link(await freePort(), target)
    await link.up()
    return link
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Connections are refused, and those that are open broken. */
  async down(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
  }

  async up(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(this.#port, '127.0.0.1', () => {
        this.#server.off('error', reject)
        resolve()
      })
    })
  }

  /**
   * Cuts the next push that carries entries: at that point `during` runs, then the till's connection breaks
   * without an answer. Resolves when that has happened.
   */
  cutNextPush(at: CutPoint, during: () => Promise<void>): Promise<void> {
    return new Promise((done) => {
      this.#cut = { at, during, done }
    })
  }

  async #carry(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await bytesOf(incoming)
    const onward = request(new URL(incoming.url ?? '/', this.#target()), {
      method: incoming.method,
      headers: incoming.headers,
    })
    onward.on('error', () => answer.destroy())
    answer.on('close', () => onward.destroy())
    const cut = this.#cut
    if (cut && incoming.url?.startsWith('/api/push') && carriesEntries(incoming, body)) {
      this.#cut = undefined
      await sendUntil(cut.at, onward, body)
      const during = cut.during()
      await during.catch(() => {})
      onward.destroy()
      answer.destroy()
      cut.done(during)
      return
    }
    onward.on('response', (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers)
      response.on('error', () => answer.destroy())
      response.pipe(answer)
    })
    onward.end(body)
  }
}

async function sendUntil(at: CutPoint, onward: ClientRequest, body: Buffer): Promise<void> {
  const answered = new Promise<void>((resolve) => {
    onward.on('response', (response) => response.on('close', resolve).resume())
    onward.on('close', resolve)
  })
  const part = at === 'half-sent' ? body.subarray(0, body.length / 2) : body
  await new Promise<void>((resolve) => onward.write(part, () => resolve()))
  if (at === 'half-sent') return
  onward.end()
  if (at === 'answered') await answered
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** A push whose text is its header alone is a heartbeat. */
function carriesEntries(incoming: IncomingMessage, body: Buffer): boolean {
  const text = incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
  return text.includes('\n')
}
