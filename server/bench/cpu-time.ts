import { readdirSync, readFileSync } from 'node:fs'

const tickMs = 10

/** Milliseconds of CPU that a process and its children have used; undefined where there is no /proc. */
export function cpuMs(pid: number): number | undefined {
  const own = statOf(`${pid}`)
  if (own === undefined) return undefined
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(name) ?? [])
    .filter(({ parent }) => parent === pid)
  return [own, ...children].reduce((sum, { ms }) => sum + ms, own.endedChildrenMs)
}

function statOf(pid: string): { parent: number; ms: number; endedChildrenMs: number } | undefined {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return undefined
  }
  // The command's name in parentheses may hold anything; the fields after it are numbers, from the third on.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const field = (no: number) => Number(fields[no - 3])
  return {
    parent: field(4),
    ms: (field(14) + field(15)) * tickMs,
    endedChildrenMs: (field(16) + field(17)) * tickMs,
  }
}
