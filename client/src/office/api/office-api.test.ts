import { describe, expect, it } from 'vitest'
import { createOfficeApi } from './office-api.ts'
import { fieldErrors, isOutdated, isSignedOut, messageOf } from './office-error.ts'

/** A server that answers every request with this, and remembers what it was asked. */
function serverThat(answer: () => Response | Promise<Response>) {
  const asked: { url: string; init: RequestInit | undefined }[] = []
  const api = createOfficeApi(async (url, init) => {
    asked.push({ url: String(url), init })
    return answer()
  })
  return { api, asked }
}
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })
const failed = (asking: Promise<unknown>) =>
  asking.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('the head office’s API', () => {
  it('puts only what is asked for into the address', async () => {
    const { api, asked } = serverThat(() => json({ rows: [], nextCursor: null }))
    await api.sales({ q: 'kopi & co', outletId: undefined, from: '2025-11-13', to: undefined })
    expect(asked[0]?.url).toBe('/api/office/sales?q=kopi+%26+co&from=2025-11-13')
  })

  it('sends a change as JSON and takes an answer without a body', async () => {
    const { api, asked } = serverThat(() => new Response(null, { status: 204 }))
    await api.resolveException('019a0000-0000-7000-8000-000000000001', { note: 'Counted again' })
    expect(asked[0]?.init).toMatchObject({ method: 'POST', body: '{"note":"Counted again"}' })
  })

  it('sends a file as it is', async () => {
    const report = { format: 'evertill', committed: false, problems: [], preview: [] }
    const counts = { total: 0, created: 0, updated: 0, unchanged: 0 }
    const { api, asked } = serverThat(() => json({ ...report, ...counts }))
    await api.importProducts('sku,name,price\n', { format: 'auto', outletId: undefined }, false)
    expect(asked[0]?.url).toBe('/api/office/products/import?format=auto&commit=false')
    expect(asked[0]?.init?.body).toBe('sku,name,price\n')
  })

  it('passes on the server’s own sentence and the fields it names', async () => {
    const fields = [{ path: 'sku', message: 'is the SKU of Kopi-O' }]
    const { api } = serverThat(() =>
      json({ code: 'conflict', message: 'Another product has this.', fields }, 409),
    )
    const error = await failed(api.deleteProduct('x'))
    expect(messageOf(error)).toBe('Another product has this.')
    expect(fieldErrors(error)).toEqual({ sku: 'is the SKU of Kopi-O' })
  })

  it('knows an ended session', async () => {
    const { api } = serverThat(() => json({ code: 'unauthenticated', message: 'Sign in first.' }, 401))
    expect(isSignedOut(await failed(api.session()))).toBe(true)
  })

  it('says that the server is away, and of what was only looked at that nothing was changed', async () => {
    const { api } = serverThat(() => Promise.reject(new TypeError('fetch failed')))
    const looks = [
      api.tills(),
      api.signIn('mei@kopi.example', 'secret'),
      api.importProducts('sku,name,price\n', { format: 'auto', outletId: undefined }, false),
      api.rescue(new Blob(), { commit: false }),
    ]
    for (const look of looks)
      expect(messageOf(await failed(look))).toMatch(/cannot be reached.*nothing was changed/)
  })

  it('says of a change whose answer was lost that it may have been made', async () => {
    const answers = [
      () => Promise.reject(new TypeError('fetch failed')),
      () => new Response('<h1>504 Gateway Timeout</h1>', { status: 504 }),
      () => new Response('<h1>Welcome to the hotel</h1>'),
    ]
    for (const answer of answers) {
      const { api } = serverThat(answer)
      const changes = [
        api.enrolmentCode('x'),
        api.importProducts('sku,name,price\n', { format: 'auto', outletId: undefined }, true),
        api.rescue(new Blob(), { commit: true }),
      ]
      for (const change of changes)
        expect(messageOf(await failed(change))).toMatch(/may have been done all the same: look before/)
    }
    const { api } = serverThat(() => Promise.reject(new TypeError('fetch failed')))
    expect(messageOf(await failed(api.revokeTill('x')))).toMatch(/may have been done all the same/)
  })

  it('knows somebody else’s change from what another has', async () => {
    const conflict = (problem: object) =>
      failed(
        serverThat(() => json({ code: 'conflict', message: 'No.', ...problem }, 409)).api.deleteProduct('x'),
      )
    expect(isOutdated(await conflict({}))).toBe(true)
    expect(isOutdated(await conflict({ fields: [{ path: 'sku', message: 'is taken' }] }))).toBe(false)
  })

  it('does not show the words of a proxy in between', async () => {
    const { api } = serverThat(() => new Response('<h1>502 Bad Gateway</h1>', { status: 502 }))
    expect(messageOf(await failed(api.tills()))).toMatch(/not ready at the moment/)
  })

  it('does not take an answer it cannot read for data', async () => {
    const { api } = serverThat(() => json({ rows: [{ tillId: 'not a till' }] }))
    expect(messageOf(await failed(api.tills()))).toMatch(/does not understand/)
  })
})
