import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'

export type PostgresLog = { fd: number; close(): void; lastWords(): string }

const rotateBeyondBytes = 10_000_000

/** A file rather than a pipe: Postgres must not block on, or die with, the process that reads it. */
export function openPostgresLog(path: string): PostgresLog {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > rotateBeyondBytes) renameSync(path, `${path}.1`)
  const fd = openSync(path, 'a', 0o640)
  const start = statSync(path).size
  return {
    fd,
    close: () => closeSync(fd),
    lastWords: () => worstLine(readFileSync(path).subarray(start).toString('utf8')),
  }
}

function worstLine(text: string): string {
  const lines = text.trim().split('\n')
  const fatal = lines.findLast((line) => /(FATAL|PANIC):/.test(line)) ?? lines.at(-1)
  return fatal?.replace(/^.*?(FATAL|PANIC|ERROR|LOG): +/, '') || 'it said nothing'
}
