import { QueryClient } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import { createOfficeApi } from './office-api.ts'
import { exceptionsQuery, shiftsQuery, WATCH_MS } from './queries.ts'

const page = (nextCursor: string | null) => ({ rows: [], nextCursor })
const api = createOfficeApi(async () => new Response(JSON.stringify(page('next'))))

/** After how long a list that has so many pages asks for all of them again by itself. */
async function intervalWith(list: 'exceptions' | 'shifts', pages: number): Promise<unknown> {
  const client = new QueryClient()
  const query = list === 'exceptions' ? exceptionsQuery(api, 'open') : shiftsQuery(api, {})
  const { refetchInterval, ...options } = query as ReturnType<typeof shiftsQuery>
  await client.fetchInfiniteQuery({ ...options, pages })
  const found = client.getQueryCache().find({ queryKey: options.queryKey })
  if (typeof refetchInterval !== 'function' || found === undefined) return refetchInterval
  return refetchInterval(found as never)
}

it.each(['exceptions', 'shifts'] as const)(
  'watches the %s while one page is there, and lets a list be that was scrolled down',
  async (list) => {
    expect(await intervalWith(list, 1)).toBe(WATCH_MS)
    expect(await intervalWith(list, 2)).toBe(false)
  },
)
