// npm run audit, npm run password: a command of the server's machine, built if it has to be, whether or not the server
// is running. Exit code 0: all is well; 1: it is not; 2: it could not run.
import { prepare } from './prepare.mjs'

const [command] = process.argv.splice(2, 1)
let prepared = false
process.once('exit', (code) => {
  if (!prepared && code === 1) process.exitCode = 2
})
await prepare({ server: true })
prepared = true
process.setSourceMapsEnabled(true)
await import(`../dist/${command}-command.js`)
