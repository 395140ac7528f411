import type { Page } from '@playwright/test'
import { dollars } from './expectation.ts'
import { expect, test } from './fixtures.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

const count = (page: Page, words: string) => page.getByRole('button', { name: words, exact: true })

/** Where things stand in the bar, and whether all of them are on the screen. */
const places = (page: Page) =>
  page.evaluate(() => {
    const bar = document.querySelector('[class*=barCart]')?.parentElement
    if (bar == null) throw new Error('there is no bar')
    const words = bar.querySelector('[class*=barWords]')
    const first = words?.firstChild
    if (first == null) throw new Error('the bar says nothing')
    const range = document.createRange()
    range.selectNode(first)
    return {
      top: bar.getBoundingClientRect().top,
      height: bar.getBoundingClientRect().height,
      count: range.getBoundingClientRect().top,
      over: bar.scrollWidth > bar.clientWidth || (words?.scrollWidth ?? 0) > (words?.clientWidth ?? 0),
    }
  })

test('on a phone a tap says in the bar what came into the cart, and moves nothing', async ({
  page,
  till: { screen },
  items,
}) => {
  const [first, second] = items.filter(({ price }) => price >= 100)
  if (first === undefined || second === undefined) throw new Error('the demo company has too little to sell')
  await page.getByRole('tab', { name: 'All' }).click()
  await expect(count(page, '0 items')).toBeVisible()
  const empty = await places(page)
  await page.evaluate(() => {
    const all: string[] = []
    Object.assign(window, { said: all })
    for (const live of document.querySelectorAll('[aria-live],[role=status],[role=alert],[role=log]'))
      new MutationObserver(() => all.push(live.textContent)).observe(live, {
        subtree: true,
        childList: true,
        characterData: true,
      })
  })

  const bar = page.locator('[class*=barCart]')
  for (const [i, item] of [first, second, second].entries()) {
    await screen.scan(item.barcode)
    await expect(count(page, i === 0 ? '1 item' : `${i + 1} items`)).toBeVisible()
    await expect(bar).toContainText(`${item.name} · ${dollars(item.price)}`)
    expect(await places(page)).toMatchObject({ ...empty, over: false })
  }
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { said: string[] }).said.at(-1)))
    .toMatch(/^2 × .*Total /)
  const told = await page.evaluate(() => (window as unknown as { said: string[] }).said)
  expect(told.filter((words) => words.includes(first.name))).toHaveLength(1)

  // In the longest words, at the largest text.
  await page.evaluate(() => {
    const key = 'evertill-preferences'
    localStorage.setItem(key, JSON.stringify({ till: { language: 'ta', textSize: 'largest' } }))
    window.dispatchEvent(new StorageEvent('storage', { key }))
  })
  await expect(page.locator('html')).toHaveAttribute('lang', /^ta/)
  await expect(bar).toContainText(second.name)
  expect(await places(page)).toMatchObject({ over: false })
})
