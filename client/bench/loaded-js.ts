import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'

const DIST = resolve(import.meta.dirname, '../dist')

export interface LoadedFile {
  readonly path: string
  /** Gzipped. */
  readonly bytes: number
}

/** The JavaScript that the page had asked for when its first screen stood and it began to fetch what comes later. */
export async function firstLoadOf(page: Page): Promise<LoadedFile[]> {
  const paths = await page.evaluate(async () => {
    const settledAt = () => performance.getEntriesByName('evertill-first-screen')[0]?.startTime
    while (settledAt() === undefined) await new Promise((resolve) => setTimeout(resolve, 50))
    const until = settledAt() ?? 0
    return performance
      .getEntriesByType('resource')
      .filter((entry) => entry.startTime < until)
      .map((entry) => new URL(entry.name).pathname)
  })
  return [...new Set(paths)]
    .filter((path) => path.endsWith('.js'))
    .map((path) => ({ path, bytes: gzipSync(readFileSync(join(DIST, path)), { level: 9 }).length }))
    .sort((a, b) => b.bytes - a.bytes)
}

export const kilobytes = (files: readonly LoadedFile[]): number =>
  files.reduce((sum, { bytes }) => sum + bytes, 0) / 1000
