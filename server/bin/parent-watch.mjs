import { readFileSync } from 'node:fs'

const everyMs = 500

/**
 * Under npm, a killed npm must take us with it: neither npm nor the shell between passes SIGKILL on, and
 * not every shell passes SIGTERM on. So when an ancestor goes, we signal ourselves.
 * Started any other way we belong to nobody.
 */
export function watchParent() {
  if (process.env.npm_lifecycle_event === undefined) return
  const chain = chainToNpm()
  const timer = setInterval(() => {
    if (chain.every(({ pid, parent }) => parentOf(pid) === parent)) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, everyMs)
  timer.unref()
}

function chainToNpm() {
  const chain = [{ pid: process.pid, parent: process.ppid }]
  const grandparent = parentOf(process.ppid)
  if (grandparent !== null && !isNpm(process.ppid)) chain.push({ pid: process.ppid, parent: grandparent })
  return chain
}

function parentOf(pid) {
  if (pid === process.pid) return process.ppid
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return null
  }
}

function isNpm(pid) {
  try {
    return /^(npm|node)/.test(readFileSync(`/proc/${pid}/comm`, 'utf8'))
  } catch {
    return true
  }
}
