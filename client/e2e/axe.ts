import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'

/*
 * What axe is asked of a screen. Most of its time goes into contrast, and nothing but the rules about colour depends on
 * the theme; nothing else depends on the language either, save where words are too long for their box, which is looked
 * at by itself (examine-screen.ts). So each screen answers to all rules in one theme and language, to those about
 * colour in the other theme, and to the rest in the other languages. `AXE=all` asks everything everywhere: three times
 * the time, for by hand.
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

/** Looks at a screen in both themes, in each of these sizes; with PICTURES a folder, takes pictures too. */
export async function lookAt(
  page: Page,
  name: string,
  sizes: readonly { readonly width: number; readonly height: number }[] = [],
): Promise<void> {
  const before = page.viewportSize()
  for (const size of sizes.length > 0 ? sizes : [before]) {
    if (size !== null) await page.setViewportSize(size)
    for (const scheme of SCHEMES) {
      await showIn(page, scheme)
      const found = await violationsOf(page, scheme === 'light' ? 'all' : 'colour')
      expect.soft(found, `${name}, ${size?.width} wide, ${scheme}`).toEqual([])
      if (process.env.PICTURES !== undefined)
        await page.screenshot({
          path: join(process.env.PICTURES, `${name}-${size?.width}-${scheme}.png`),
        })
    }
  }
  if (before !== null) await page.setViewportSize(before)
}
