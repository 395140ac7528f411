import { readFileSync } from 'node:fs'

const everyMs = 500

/**
 * Under `npm start` a killed npm, or the shell between it and us, must take the server with it; neither
 * passes SIGKILL on, and not every shell passes SIGTERM on. Started any other way we belong to nobody.
 */
export function watchParent(onOrphaned: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return
  const chain = chainToNpm()
  const timer = setInterval(() => {
    if (chain.every(({ pid, parent }) => parentOf(pid) === parent)) return
    clearInterval(timer)
    onOrphaned()
  }, everyMs)
  timer.unref()
}

function chainToNpm(): { pid: number; parent: number }[] {
  const chain = [{ pid: process.pid, parent: process.ppid }]
  const grandparent = parentOf(process.ppid)
  if (grandparent !== null && isShell(process.ppid)) chain.push({ pid: process.ppid, parent: grandparent })
  return chain
}

function parentOf(pid: number): number | null {
  if (pid === process.pid) return process.ppid
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return null
  }
}

function isShell(pid: number): boolean {
  try {
    return /^(sh|dash|bash|ash|busybox)$/.test(readFileSync(`/proc/${pid}/comm`, 'utf8').trim())
  } catch {
    return false
  }
}
