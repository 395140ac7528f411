// npm run audit: checks what must always be true of the ledger, whether or not the server is running.
// Exit code 0: no difference; 1: some; 2: it could not run.
import { prepare } from './prepare.mjs'

let prepared = false
process.once('exit', (code) => {
  if (!prepared && code === 1) process.exitCode = 2
})
await prepare({ server: true })
prepared = true
process.setSourceMapsEnabled(true)
await import('../dist/audit-command.js')
