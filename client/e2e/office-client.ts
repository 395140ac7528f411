import { randomUUID } from 'node:crypto'
import type { OutletOption } from '@evertill/shared/protocol/office'
import type { EnrolmentCode } from '@evertill/shared/protocol/office/tills'

/** Head office by its API, for what a test needs but is not about. */
export class OfficeClient {
  readonly #url: string
  readonly #cookies: string

  private constructor(url: string, cookies: string) {
    this.#url = url
    this.#cookies = cookies
  }

  static async signIn(url: string, credentials: { email: string; password: string }): Promise<OfficeClient> {
    const response = await fetch(`${url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify(credentials),
    })
    if (!response.ok) throw new Error(`head office refuses the sign-in: ${await response.text()}`)
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
    return new OfficeClient(url, cookies.join('; '))
  }

  /** The session, for a browser that should be signed in already. */
  get cookies(): { name: string; value: string; url: string }[] {
    return this.#cookies.split('; ').map((cookie) => {
      const [name = '', ...value] = cookie.split('=')
      return { name, value: value.join('='), url: this.#url }
    })
  }

  async get<T>(path: string): Promise<T> {
    return this.#ask('GET', path)
  }

  async post<T>(path: string, body?: unknown): Promise<T> {
    return this.#ask('POST', path, body)
  }

  /** A new till at an outlet (Tiong Bahru, which the demo company stocks), and the path that makes a browser into it. */
  async newTill(
    name: string,
    outletCode = 'TB',
  ): Promise<{ tillId: string; outletId: string; enrolPath: string }> {
    const { rows } = await this.get<{ rows: OutletOption[] }>('/outlets')
    const outlet = rows.find((row) => row.code === outletCode)
    if (outlet === undefined) throw new Error('the demo company has no such outlet')
    const tillId = randomUUID()
    await this.post('/tills', { tillId, outletId: outlet.outletId, name })
    return { tillId, outletId: outlet.outletId, enrolPath: await this.enrolPathOf(tillId) }
  }

  /** A path that makes a browser into this till: the first, or the next one. */
  async enrolPathOf(tillId: string): Promise<string> {
    const { link } = await this.post<EnrolmentCode>(`/tills/${tillId}/enrolment-code`)
    const { pathname, search, hash } = new URL(link)
    return `${pathname}${search}${hash}`
  }

  async #ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#url}/api/office${path}`, {
      method,
      headers: { cookie: this.#cookies, origin: this.#url, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
}
