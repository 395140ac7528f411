import { expect, type Page } from '@playwright/test'
import { dollars } from './expectation.ts'

/** Closes the shift whose count stands typed: what is missing is told first, and closed with when it is pressed again. */
export async function closeShort(
  page: Page,
  counted: number,
  missing: number,
  whenTold: () => Promise<void> = async () => undefined,
): Promise<void> {
  const close = page.getByRole('button', { name: `Close with ${dollars(counted)} counted` })
  await close.click()
  await expect(page.getByRole('alert')).toHaveText(
    `${dollars(missing)} too little was counted. Count again, or close with it. The shift is still open.`,
  )
  await whenTold()
  await close.click()
  await expect(page.getByText(`${dollars(missing)} missing in the drawer`)).toBeVisible()
}
