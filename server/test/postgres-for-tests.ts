import { rm } from 'node:fs/promises'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../src/db/embedded/start-embedded-postgres.ts'
import { makeDataDir } from './data-dir.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** One for each worker of the run. */
    postgresUrls: string[]
  }
}

// No power goes in these tests, and what a commit costs a disk is half of what a file waits for.
const SETTINGS = { max_connections: '200', fsync: 'off', full_page_writes: 'off' }

/**
 * Vitest's global set-up of the server project: one real Postgres for each worker, in a folder of its own. Not one for
 * all: the feed's horizon waits for every transaction of a cluster, so that one file's would change another's answers.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const clusters: Awaited<ReturnType<typeof startCluster>>[] = []
  // One after the other: the first puts in order what all of them run.
  while (clusters.length < project.vitest.config.maxWorkers) clusters.push(await startCluster())
  project.provide(
    'postgresUrls',
    clusters.map(({ postgres }) => postgres.url),
  )
  return async () => {
    await Promise.all(
      clusters.map(async ({ postgres, dataDir }) => {
        await postgres.stop()
        await rm(dataDir, { recursive: true, force: true })
      }),
    )
  }
}

async function startCluster() {
  const dataDir = await makeDataDir()
  return { dataDir, postgres: await startEmbeddedPostgres({ dataDir, settings: SETTINGS }) }
}
