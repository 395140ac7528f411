import type { Locator, Page } from '@playwright/test'
import { CASHIER_PIN } from './demo-company.ts'
import { expect, test } from './fixtures.ts'
import { HAND_MS } from './till-screen.ts'

const WRONG_PIN = '9999'

test('after five wrong PINs the wait is announced once, and its seconds are there for whoever looks', async ({
  page,
  till: { screen },
}) => {
  test.setTimeout(240_000)
  await screen.goTo('Sign out')
  await screen.signIn(CASHIER_PIN)
  await screen.goTo('Shift and drawer')
  await page.getByRole('textbox', { name: '$50.00 notes' }).fill('1')
  await page.getByRole('button', { name: 'Open shift with $50.00' }).click()
  await page.getByRole('button', { name: 'Open drawer' }).click()
  const drawer = page.getByRole('dialog', { name: 'Open drawer' })
  await drawer.getByRole('button', { name: 'Give change' }).click()
  await drawer.getByRole('button', { name: 'Open drawer' }).click()

  const approval = page.getByRole('dialog', { name: 'Supervisor’s PIN' })
  await screen.takesKeys(approval)
  for (let left = 4; left >= 0; left--) {
    await page.keyboard.type(WRONG_PIN, { delay: HAND_MS })
    await approval.getByRole('button', { name: 'Allow it' }).click()
    await expect(approval.getByRole('alert')).toHaveText(
      left > 0 ? new RegExp(`${left} tr(y|ies) left`) : 'Five wrong PINs. Wait, then try again.',
    )
  }
  await expectAnnouncedOnce(page, approval)

  await page.keyboard.press('Escape')
  await screen.closeDialog()
  await screen.goTo('Sign out')
  await screen.expectSignIn()
  await page.keyboard.type(WRONG_PIN, { delay: HAND_MS })
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expectAnnouncedOnce(page, page.getByRole('main'))
})

/** While seconds pass, nothing changes in what is read out by itself. */
async function expectAnnouncedOnce(page: Page, at: Locator): Promise<void> {
  const alert = at.getByRole('alert')
  await expect(alert).toHaveText('Five wrong PINs. Wait, then try again.')
  await alert.evaluate((element) => {
    const changes: string[] = []
    Object.assign(window, { changes })
    new MutationObserver(() => changes.push(element.textContent)).observe(element, {
      characterData: true,
      childList: true,
      subtree: true,
    })
  })
  const timer = at.getByRole('timer')
  await expect(timer).toHaveAttribute('aria-live', 'off')
  const shown = (await timer.textContent()) ?? ''
  expect(shown).toMatch(/^\d+ s$/)
  await expect(timer).not.toHaveText(shown)
  expect(await page.evaluate(() => (window as unknown as { changes: string[] }).changes)).toEqual([])
}
