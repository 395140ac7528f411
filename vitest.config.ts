import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // All timeouts are far more than it takes: a busy machine is no fault of what is tested.
    // Vitest leaves one core to its watcher; with two cores that is half the machine. Each worker has a Postgres.
    maxWorkers: Math.min(4, Math.max(2, availableParallelism() - 1)),
    projects: [
      {
        test: {
          name: 'shared',
          root: './shared',
          include: ['src/**/*.test.ts'],
          testTimeout: 60_000,
          // Nothing in it remembers anything: there is no state that one file could leave to the next.
          isolate: false,
        },
      },
      {
        test: {
          name: 'server',
          root: './server',
          include: ['{src,bin,test}/**/*.test.ts'],
          globalSetup: ['./test/built-server.ts', './test/postgres-for-tests.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // To load the modules anew for every file took a fifth of the CPU and more.
          isolate: false,
        },
      },
      {
        test: {
          // Apart, for a history has the clock and the chance of its process to itself.
          name: 'simulation',
          root: './server',
          include: ['simulation/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'client',
          root: './client',
          include: ['src/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
          // Live queries are told of changes only where the browser's own IndexedDB is this one, and was so from the start.
          setupFiles: ['fake-indexeddb/auto'],
          // To load every module anew for every file took half as long as the tests.
          isolate: false,
        },
      },
    ],
  },
})
