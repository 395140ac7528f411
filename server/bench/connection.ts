import { once } from 'node:events'
import { connect } from 'node:net'

export type Reply = { readonly status: number; readonly body: string }

/** One kept-alive connection of a till. It does as little as it can, for it shares the machine with the server. */
export type Connection = {
  /** Sends the bytes of a request and waits for its answer; one at a time. */
  send(request: Uint8Array): Promise<Reply>
  close(): void
}

const headEnd = Buffer.from('\r\n\r\n')

export async function openConnection(origin: string): Promise<Connection> {
  const { hostname, port } = new URL(origin)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  let waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | undefined
  let read: Buffer = Buffer.alloc(0)
  const fail = (error: Error) => waiting?.reject(error)
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the server closed the connection')))
  socket.on('data', (chunk: Buffer) => {
    read = read.length === 0 ? chunk : Buffer.concat([read, chunk])
    const end = read.indexOf(headEnd)
    if (end === -1) return
    const head = read.toString('latin1', 0, end)
    const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1])
    if (Number.isNaN(length)) return fail(new Error(`an answer without a length: ${head}`))
    const bodyAt = end + headEnd.length
    if (read.length < bodyAt + length) return
    const reply = { status: Number(head.slice(9, 12)), body: read.toString('utf8', bodyAt, bodyAt + length) }
    read = read.subarray(bodyAt + length)
    waiting?.resolve(reply)
  })
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}

/** The bytes of a POST. */
export function postBytes(path: string, headers: Record<string, string>, body: Uint8Array): Buffer {
  const lines = Object.entries({ host: 'bench', ...headers, 'content-length': `${body.length}` })
  const head = `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body])
}
