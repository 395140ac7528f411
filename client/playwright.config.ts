import { defineConfig } from '@playwright/test'
import { browserLaunchOptions } from './e2e/browser.ts'

export default defineConfig({
  testDir: './e2e',
  outputDir: '../test-results',
  globalSetup: './e2e/build.ts',
  // Each worker has a server, a Postgres and a browser of its own.
  workers: 2,
  // Far more than it takes: a busy machine is no fault of what is tested.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    // What moves cannot be looked at twice the same.
    contextOptions: { reducedMotion: 'reduce' },
    locale: 'en-SG',
    timezoneId: 'Asia/Singapore',
    actionTimeout: 30_000,
    // Whoever tests what is kept for when there is no network says so: fixtures.ts.
    serviceWorkers: 'block',
    // A trace shows every step but doubles the time: `--trace on` when something has to be looked into.
    screenshot: 'only-on-failure',
    launchOptions: await browserLaunchOptions(),
  },
})
