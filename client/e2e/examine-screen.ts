import type { Page } from '@playwright/test'
import { LANGUAGES, type Language } from '../src/app/locale.ts'
import { EVERYTHING, SCHEMES, showIn, violationsOf } from './axe.ts'
import { expect } from './fixtures.ts'

/*
 * A screen of the till as it stands, in every theme and language: switched in place, because what is on it does not
 * depend on them, so that one walk through the till is enough. Which rules are asked where, axe.ts says.
 */

const DESK = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 844 }
/** The one with the longest words: what has room for them has room for all. */
const LONGEST: Language = 'ta'

export interface Examination {
  /** Languages of the screen, where it does not speak all of them. */
  readonly languages?: readonly Language[]
}

/** Soft expectations, so that one walk finds all there is. */
export async function examineScreen(name: string, page: Page, { languages = LANGUAGES }: Examination = {}) {
  for (const [size, spoken] of [
    [DESK, languages],
    [PHONE, languages.filter((language) => language === 'en' || language === LONGEST)],
  ] as const) {
    await page.setViewportSize(size)
    for (const language of spoken) {
      if (languages.length > 1) await speak(page, language)
      const isFirst = language === 'en'
      for (const scheme of isFirst || EVERYTHING ? SCHEMES : (['light'] as const)) {
        await showIn(page, scheme)
        const found = await violationsOf(page, !isFirst ? 'words' : scheme === 'light' ? 'all' : 'colour')
        expect.soft(found, `${name}, ${size.width} wide, ${scheme}, ${language}`).toEqual([])
      }
      expect
        .soft(await page.evaluate(cutOffWords), `${name}, ${size.width} wide, ${language}: cut off`)
        .toEqual([])
    }
    if (languages.length > 1) await speak(page, 'en')
    expect.soft(await page.evaluate(smallTargets), `${name}, ${size.width} wide: hard to hit`).toEqual([])
  }
  await page.setViewportSize(DESK)
}

/** As if another tab of the till had chosen it. */
async function speak(page: Page, language: Language): Promise<void> {
  await page.evaluate((chosen) => {
    const key = 'evertill-preferences'
    localStorage.setItem(key, JSON.stringify({ till: { language: chosen } }))
    window.dispatchEvent(new StorageEvent('storage', { key }))
  }, language)
  await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}(-|$)`))
}

/** Buttons, tabs and headings that do not show all of their words. In the page. */
function cutOffWords(): string[] {
  const found: string[] = []
  for (const element of document.querySelectorAll<HTMLElement>(
    'button, [role="tab"], [role="radio"], a, h1, h2, legend, label, dt',
  )) {
    const box = element.getBoundingClientRect()
    // What only a screen reader is told takes up a pixel.
    if (box.width <= 1 || box.height <= 1 || element.innerText.trim() === '' || !element.checkVisibility())
      continue
    const cut = [element, ...element.querySelectorAll<HTMLElement>('*')].find((part) => {
      const { overflowX, textOverflow, display } = getComputedStyle(part)
      if (display === 'inline' || part.textContent.trim() === '' || part.clientWidth <= 1) return false
      const clips = overflowX !== 'visible' || textOverflow === 'ellipsis'
      const tooWide = part.scrollWidth > part.clientWidth + 1
      return tooWide && (clips || part === element)
    })
    if (cut !== undefined) found.push(element.innerText.replaceAll('\n', ' '))
  }
  return found
}

/** What cannot be pressed anywhere within 22 px of its middle. In the page. */
function smallTargets(): string[] {
  const found: string[] = []
  const REACH = 21
  for (const element of document.querySelectorAll<HTMLElement>(
    'button, a[href], input, select, textarea, [role="tab"], [role="radio"], [role="menuitem"]',
  )) {
    const target = element.closest<HTMLElement>('label') ?? element
    const { left, top, width, height } = target.getBoundingClientRect()
    const [x, y] = [left + width / 2, top + height / 2]
    const owns = (at: Element | null) =>
      at !== null &&
      (target.contains(at) || (at.closest('label') as HTMLLabelElement | null)?.control === element)
    const isOwn = ([px, py]: readonly [number, number]) => owns(document.elementFromPoint(px, py))
    // Only what is there to be pressed now and in full: not scrolled away, and not under a dialog.
    const corners = [
      [x, y],
      [left + 1, y],
      [left + width - 2, y],
      [x, top + 1],
      [x, top + height - 2],
    ] as const
    if (width === 0 || element.matches(':disabled') || !corners.every(isOwn)) continue
    const around = [
      [x - REACH, y],
      [x + REACH, y],
      [x, y - REACH],
      [x, y + REACH],
    ] as const
    const inView = ([px, py]: readonly [number, number]) =>
      px >= 0 && py >= 0 && px < innerWidth && py < innerHeight
    if (!around.every((point) => !inView(point) || isOwn(point)))
      found.push(
        `${element.getAttribute('aria-label') ?? target.innerText.replaceAll('\n', ' ')} (${Math.round(width)} × ${Math.round(height)})`,
      )
  }
  return found
}
