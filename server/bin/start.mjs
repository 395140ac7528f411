// npm start: nothing but Node and npm is needed. Only old syntax up to the version check.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Evertill needs Node 20.19 or newer, this is ${process.versions.node}: install a current one from https://nodejs.org.`,
  )
  process.exit(1)
}

const { watchParent } = await import('./parent-watch.mjs')
watchParent()
const { prepare } = await import('./prepare.mjs')
await prepare({ client: true, server: true })
// In this same process, so that signals reach it without a go-between; its stacks name the sources.
process.setSourceMapsEnabled(true)
await import('../dist/main.js')
