// npm run dev: the client through Vite with hot reload, the server again at every change; both stop together.
import { watchParent } from './parent-watch.mjs'
import { endChildren, endChildrenOnSignal, prepare, root, runPackage } from './prepare.mjs'

watchParent()
await prepare({})

const port = process.env.PORT || '3000'
const clientPort = process.env.CLIENT_PORT || '5173'
endChildrenOnSignal()
const code = await Promise.race([
  runPackage('tsx', 'dist/cli.mjs', ['watch', '--clear-screen=false', 'server/src/main.ts'], {
    cwd: root,
    env: { PORT: port, PUBLIC_URL: process.env.PUBLIC_URL || `http://localhost:${clientPort}` },
  }),
  runPackage('vite', 'bin/vite.js', ['--port', clientPort, '--strictPort', '--clearScreen', 'false'], {
    cwd: `${root}/client`,
    env: { API_ORIGIN: `http://127.0.0.1:${port}` },
  }),
])
await endChildren()
process.exit(code)
