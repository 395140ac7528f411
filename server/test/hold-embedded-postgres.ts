import { startEmbeddedPostgres } from '../src/db/embedded/start-embedded-postgres.ts'

// A server process reduced to its database, for tests that kill it: prints the URL, then waits for its end.
const [dataDir = ''] = process.argv.slice(2)
const postgres = await startEmbeddedPostgres({ dataDir })
console.log(JSON.stringify({ url: postgres.url, pid: postgres.pid }))
process.on('SIGTERM', () => postgres.stop().then(() => process.exit(0)))
