/*
 * Every search parameter of head office is plain text, so that an address can be read, typed and mailed:
 * `?q=8888001`, not the JSON the router would write.
 */

export const parseSearchText = (search: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(search))

export function searchText(search: Record<string, unknown>): string {
  const given = Object.entries(search).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '',
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}
