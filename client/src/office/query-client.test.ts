import { expect, it } from 'vitest'
import { OfficeError, unreachable } from './api/office-error.ts'
import { createQueryClient } from './query-client.ts'
import { createSessionEnd } from './session/session-end.ts'

const signedOut = () => new OfficeError({ code: 'unauthenticated', message: 'Sign in first.' })
const fails = (error: () => Error) => ({
  queryFn: () => Promise.reject(error()),
  queryKey: ['sales'],
  retry: false,
})

it('notices that the session of a signed-in person has ended, once', async () => {
  const sessionEnd = createSessionEnd()
  let told = 0
  sessionEnd.subscribe(() => {
    told += 1
  })
  const client = createQueryClient(sessionEnd)
  client.setQueryData(['session'], { userName: 'Mei' })
  await client.fetchQuery(fails(signedOut)).catch(() => {})
  await client.fetchQuery(fails(signedOut)).catch(() => {})
  expect(sessionEnd.ended()).toBe(true)
  expect(told).toBe(1)
})

it('takes nobody’s session for ended who has none yet', async () => {
  const sessionEnd = createSessionEnd()
  await createQueryClient(sessionEnd)
    .fetchQuery(fails(signedOut))
    .catch(() => {})
  expect(sessionEnd.ended()).toBe(false)
})

it('asks again by itself when the network fails, but not when the answer is no', async () => {
  const triesUntil = async (error: () => Error) => {
    const client = createQueryClient(createSessionEnd())
    let tries = 0
    const asking = client.fetchQuery({
      queryKey: ['tills'],
      retryDelay: 0,
      queryFn: () => {
        tries += 1
        return Promise.reject(error())
      },
      // As every list of head office asks: the client's own rule.
      retry: client.getDefaultOptions().queries?.retry ?? false,
    })
    await asking.catch(() => {})
    return tries
  }
  expect(await triesUntil(() => unreachable('look'))).toBe(3)
  expect(await triesUntil(signedOut)).toBe(1)
})
