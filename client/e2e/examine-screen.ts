import type { Page } from '@playwright/test'
import { LANGUAGES, type Language } from '../src/app/locale.ts'
import { EVERYTHING, type Rules, SCHEMES, type Scheme, schemesOf, showIn, violationsOf } from './axe.ts'
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

interface Look {
  readonly size: typeof DESK
  readonly language: Language
  readonly scheme: Scheme
  /** What axe is asked; nothing where other words only have to fit. */
  readonly rules?: Rules
}

/** From one to the next as little changes as can, for each change is laid out and drawn anew. */
function looksIn(name: string, languages: readonly Language[]): Look[] {
  if (EVERYTHING)
    return [DESK, PHONE].flatMap((size) =>
      languages.flatMap((language) =>
        SCHEMES.map((scheme) => ({ size, language, scheme, rules: 'all' as const })),
      ),
    )
  const [onDesk, onPhone] = schemesOf(name)
  const desk = { size: DESK, scheme: onDesk }
  const phone = { size: PHONE, scheme: onPhone }
  if (!languages.includes(LONGEST))
    return [desk, phone].flatMap((at) =>
      languages.map((language) => ({ ...at, language, rules: 'all' as const })),
    )
  const [deskAlso, ...phoneAlso] = languages.filter((language) => language !== 'en' && language !== LONGEST)
  return [
    { ...desk, language: 'en', rules: 'all' },
    ...(deskAlso === undefined ? [] : [{ ...desk, language: deskAlso, rules: 'words' as const }]),
    { ...desk, language: LONGEST },
    { ...phone, language: LONGEST, rules: 'all' },
    ...phoneAlso.map((language) => ({ ...phone, language, rules: 'words' as const })),
  ]
}

/** Soft expectations, so that one walk finds all there is. */
export async function examineScreen(name: string, page: Page, { languages = LANGUAGES }: Examination = {}) {
  let shown: Partial<Look> = {}
  const show = async ({ size, language, scheme }: Look) => {
    if (shown.size !== size) await page.setViewportSize(size)
    if (languages.length > 1 && shown.language !== language) await speak(page, language)
    if (shown.scheme !== scheme || shown.size !== size) await showIn(page, scheme)
    shown = { size, language, scheme }
  }
  for (const look of looksIn(name, languages)) {
    await show(look)
    const { size, language, scheme, rules } = look
    const where = `${name}, ${size.width} wide, ${scheme}, ${language}`
    if (rules !== undefined) expect.soft(await violationsOf(page, rules), where).toEqual([])
    expect.soft(await page.evaluate(cutOffWords), `${where}: cut off`).toEqual([])
    if (rules === 'all') expect.soft(await page.evaluate(smallTargets), `${where}: hard to hit`).toEqual([])
  }
  await show({ size: DESK, language: 'en', scheme: 'light' })
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
