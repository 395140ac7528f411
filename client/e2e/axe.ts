import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'

/*
 * What axe is asked of a screen. Most of its time goes into contrast, and nothing but the rules about colour depends on
 * the theme; nothing else depends on the language either, save where words are too long for their box, which is looked
 * at by itself (examine-screen.ts). So a screen that is looked at in two sizes is light in one and dark in the other,
 * by turns, and answers to all rules in both; other languages answer to the rules that are not about colour.
 * `AXE=all` asks everything everywhere: several times the time, for by hand.
 */
export type Rules = 'all' | 'colour' | 'words'

export const SCHEMES = ['light', 'dark'] as const
export type Scheme = (typeof SCHEMES)[number]
/** Every rule in every theme and language. */
export const EVERYTHING = process.env.AXE === 'all'

const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

const OPTIONS: Readonly<Record<Rules, axe.RunOptions>> = {
  all: {},
  colour: { runOnly: { type: 'rule', values: COLOUR_RULES } },
  words: { rules: Object.fromEntries(COLOUR_RULES.map((rule) => [rule, { enabled: false }])) },
}

/** Half of all screens are dark where the others are light. */
export function schemesOf(name: string): readonly [Scheme, Scheme] {
  const [light, dark] = SCHEMES
  const sum = [...name].reduce((total, letter) => total + letter.charCodeAt(0), 0)
  return sum % 2 === 0 ? [light, dark] : [dark, light]
}

/** What it has cost so far. */
export const asked: Readonly<Record<Rules, { times: number; ms: number }>> = {
  all: { times: 0, ms: 0 },
  colour: { times: 0, ms: 0 },
  words: { times: 0, ms: 0 },
}

/** The app follows the device's theme by itself; what changes with it may take a few frames. */
export async function showIn(page: Page, scheme: Scheme): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme })
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme)
  await page.evaluate(async () => {
    const nextFrame = () => new Promise((drawn) => requestAnimationFrame(drawn))
    const isMoving = (animation: Animation) =>
      animation.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY
    do await nextFrame()
    while (document.getAnimations().some(isMoving))
  })
}

/** What axe finds wrong with the page as it stands, a sentence or two for each. */
export async function violationsOf(page: Page, rules: Rules): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const began = Date.now()
  const found = await page.evaluate(
    async (options) => {
      const { axe: inPage } = window as unknown as { axe: typeof axe }
      const { violations } = await inPage.run(document, { ...options, resultTypes: ['violations'] })
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target}\n  ${failureSummary}`),
      )
    },
    OPTIONS[EVERYTHING ? 'all' : rules],
  )
  asked[rules].times += 1
  asked[rules].ms += Date.now() - began
  return found
}

interface Size {
  readonly width: number
  readonly height: number
}

/** Looks at a screen in both themes and all of these sizes; with PICTURES a folder, takes pictures too. */
export async function lookAt(page: Page, name: string, sizes: readonly Size[] = []): Promise<void> {
  const before = page.viewportSize()
  for (const { size, scheme, rules } of looksAt(name, sizes.length > 0 ? sizes : [before])) {
    if (size !== null) await page.setViewportSize(size)
    await showIn(page, scheme)
    const found = await violationsOf(page, rules)
    expect.soft(found, `${name}, ${size?.width} wide, ${scheme}`).toEqual([])
    if (process.env.PICTURES !== undefined)
      await page.screenshot({
        path: join(process.env.PICTURES, `${name}-${size?.width}-${scheme}.png`),
      })
  }
  if (before !== null) await page.setViewportSize(before)
}

function looksAt(name: string, sizes: readonly (Size | null)[]) {
  const schemes = schemesOf(name)
  const inAllSizes = (scheme: Scheme, rules: Rules) => sizes.map((size) => ({ size, scheme, rules }))
  if (EVERYTHING || sizes.length === 1)
    return [...inAllSizes('light', 'all'), ...inAllSizes('dark', 'colour')]
  return sizes.map((size, i) => ({ size, scheme: schemes[i % 2 === 0 ? 0 : 1], rules: 'all' as const }))
}
