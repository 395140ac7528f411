import type { Peer } from './peers.ts'
import type { Result } from './scenario.ts'

export interface Row {
  readonly peer: Peer
  readonly version: string
  readonly results: readonly Result[]
}

/** One line a peer: medians of what is measured, sums of what must not happen. */
export function table(rows: readonly Row[]): string {
  const cells = [
    ['', 'drain s', 'requests', 'sent kB', 'answers lost', 'lost', 'doubled', 'app starts', 'take ms'],
    ...rows.map(({ peer, version, results }) => [
      peer.package === undefined ? '**Evertill**' : `${peer.package} ${version}`,
      median(results.map((result) => result.drainSeconds)).toFixed(1),
      whole(median(results.map((result) => result.requests))),
      whole(median(results.map((result) => result.bytes / 1000))),
      whole(median(results.map((result) => result.lost))),
      sumOf(results, (result) => result.missing) + stillQueued(results),
      sumOf(results, (result) => result.doubled),
      whole(median(results.map((result) => result.opened))),
      median(results.map((result) => result.takeMs)).toFixed(1),
    ]),
  ]
  const widths = cells[0]?.map((_, i) => Math.max(...cells.map((row) => (row[i] ?? '').length))) ?? []
  const lines = cells.map(
    (row) =>
      `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`,
  )
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

const sumOf = (results: readonly Result[], of: (result: Result) => number): string =>
  whole(results.reduce((total, result) => total + of(result), 0))

/** The client itself says that it still has something to send. */
const stillQueued = (results: readonly Result[]): string =>
  results.some((result) => result.missing > 0 && !result.drained) ? ' (queue not empty)' : ''

const whole = (value: number): string => Math.round(value).toLocaleString('en')

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1)
  return middle.reduce((total, value) => total + value, 0) / Math.max(1, middle.length)
}
