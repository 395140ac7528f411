import type { StaffRow } from '@evertill/shared/protocol/pull'
import type { Page } from '@playwright/test'
import { lookAt } from './axe.ts'
import { CASHIER_PIN, OWNER } from './demo-company.ts'
import { expect, test } from './fixtures.ts'
import { readRows } from './journal.ts'
import { TillScreen } from './till-screen.ts'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]
const PIN = '471147'

/** What the till knows of its staff once it has asked again. */
async function expectStaff(page: Page, name: string, known: boolean): Promise<void> {
  await page.context().setOffline(true)
  await page.context().setOffline(false)
  const names = async () => (await readRows<StaffRow>(page, 'staff')).map((row) => row.name).includes(name)
  await expect.poll(names, { timeout: 90_000, intervals: [1000] }).toBe(known)
}

test('whom the owner adds signs in at the till with their PIN, and no more once they are off the list', async ({
  desk,
  page,
  till: { screen },
}) => {
  test.setTimeout(300_000)
  const list = desk.getByRole('table', { name: 'Staff' })

  await test.step('a PIN that somebody has is refused at its field, another one is taken', async () => {
    await desk.goto('/office')
    await desk.getByRole('link', { name: 'Staff' }).click()
    await desk.getByRole('link', { name: 'Add a person' }).click()
    const panel = desk.getByRole('dialog', { name: 'Add a person' })
    await panel.getByLabel('Name').fill('Siti Aminah')
    await expect(panel.getByLabel('Role')).toHaveValue(/./)
    await panel.getByRole('textbox', { name: 'PIN', exact: true }).fill(CASHIER_PIN)
    await panel.getByRole('textbox', { name: 'PIN again' }).fill('1112')
    await panel.getByRole('button', { name: 'Add to the list' }).click()
    await expect(panel.getByText('This is another PIN than the first')).toBeVisible()
    await panel.getByRole('textbox', { name: 'PIN again' }).fill(CASHIER_PIN)
    await panel.getByRole('button', { name: 'Add to the list' }).click()
    await expect(panel.getByText('This is somebody else’s PIN already. Choose another.')).toBeVisible()
    await lookAt(desk, 'office-person-refused', SIZES)
    for (const field of ['PIN', 'PIN again'])
      await panel.getByRole('textbox', { name: field, exact: true }).fill(PIN)
    await panel.getByRole('button', { name: 'Add to the list' }).click()
    await expect(panel).toBeHidden()
    await expect(list.getByRole('row').filter({ hasText: 'Siti Aminah' })).toContainText('Cashier')
  })

  await test.step('the till knows her', async () => {
    await screen.goTo('Sign out')
    await expectStaff(page, 'Siti Aminah', true)
    await screen.signIn(PIN)
    await expect(page.getByRole('banner')).toContainText('Siti Aminah')
  })

  await test.step('she is taken off the list, and the till knows her no more', async () => {
    await list.getByRole('link', { name: 'Siti Aminah' }).click()
    await desk.getByRole('button', { name: 'Take Siti Aminah off the list' }).click()
    await desk.getByRole('button', { name: 'Take Siti Aminah off', exact: true }).click()
    await expect(list.getByRole('row').filter({ hasText: 'Siti Aminah' })).toContainText('Off the list')
    await expectStaff(page, 'Siti Aminah', false)
    await screen.expectSignIn()
    await expect(page.getByRole('alert')).toHaveText('Siti Aminah is not on the staff list any more.')
    for (const digit of PIN) await page.getByRole('button', { name: digit, exact: true }).click()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('alert')).toContainText(/4 tries left/)
  })
})

test('a new outlet says what it lacks, takes a till, and its receipts are numbered by its code', async ({
  desk,
  browser,
  office,
  server,
  items,
}) => {
  test.setTimeout(240_000)
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  await desk.goto('/office/settings/outlets')
  await desk.getByRole('link', { name: 'New outlet' }).click()
  const panel = desk.getByRole('dialog')
  await panel.getByLabel('Name').fill('Marine Parade')
  await expect(panel.getByText('MP-1-000042')).toBeVisible()
  await expect(panel.getByText('Without an address receipts are no full tax invoices')).toBeVisible()
  await panel.getByRole('button', { name: 'Add outlet' }).click()
  await expect(panel).toBeHidden()
  await expect(desk.getByRole('alert').filter({ hasText: 'Marine Parade has no address' })).toBeVisible()
  await desk.getByRole('link', { name: 'Edit Marine Parade' }).click()
  await panel.getByLabel('Address').fill('87 Marine Parade Central\nSingapore 440087')
  await expect(panel.getByText('Without an address')).toBeHidden()
  await panel.getByRole('button', { name: 'Save changes' }).click()
  await expect(panel).toBeHidden()
  await expect(desk.getByText('has no address')).toBeHidden()

  await desk.goto('/office/tills')
  await desk.getByRole('button', { name: 'New till' }).click()
  await expect(desk.getByRole('dialog', { name: 'New till' }).getByLabel('Outlet')).toContainText(
    'Marine Parade',
  )
  const { enrolPath } = await office.newTill('First till', 'MP')
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  const till = new TillScreen(page)
  await till.enrol(enrolPath)
  await till.signIn(CASHIER_PIN)
  await till.scan(item.barcode)
  await till.startPaying()
  await till.take('CARD')
  const paper = page.getByRole('region', { name: 'Receipt' })
  await expect(paper).toContainText('MP-1-000001')
  await expect(paper).toContainText('87 Marine Parade Central')
  await context.close()
  const [{ code }] = await server.sql<
    [{ code: string }]
  >`select code from outlet where name = 'Marine Parade'`
  expect(code).toBe('MP')
})

test('a password is changed with the one before it, and ends what is signed in elsewhere', async ({
  browser,
  server,
}) => {
  // Of a person of their own: every other test is signed in as the owner.
  const email = 'changes@kopi.example'
  await server.sql`
    with person as (
      insert into auth_user (id, company_id, role_id, name, email, created_at, updated_at)
      select gen_random_uuid(), company_id, role_id, 'Changes', ${email}, now(), now()
      from auth_user where email = ${OWNER.email} returning id)
    insert into auth_account (id, user_id, account_id, provider_id, password, created_at, updated_at)
    select gen_random_uuid(), person.id, person.id, 'credential', a.password, now(), now()
    from person, auth_account a join auth_user u on u.id = a.user_id where u.email = ${OWNER.email}`
  const signedIn = async (password: string) => {
    const context = await browser.newContext({ baseURL: server.url })
    const page = await context.newPage()
    await page.goto('/office/sign-in')
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
    return page
  }
  const here = await signedIn(OWNER.password)
  const elsewhere = await signedIn(OWNER.password)
  await here.getByRole('button', { name: 'Account of Changes' }).click()
  await here.getByRole('menuitem', { name: 'Your account' }).click()
  const next = 'a better password'
  await here.getByRole('textbox', { name: 'Current password' }).fill('not this one')
  for (const field of ['New password', 'New password again'])
    await here.getByRole('textbox', { name: field, exact: true }).fill(next)
  await here.getByRole('button', { name: 'Change password' }).click()
  await expect(here.getByText('This is not your password')).toBeVisible()
  await here.getByRole('textbox', { name: 'Current password' }).fill(OWNER.password)
  await here.getByRole('button', { name: 'Change password' }).click()
  await expect(here.getByText('Your password is changed.')).toBeVisible()
  await here.reload()
  await expect(here.getByRole('heading', { name: 'Your account' })).toBeVisible()
  await elsewhere.reload()
  await expect(elsewhere.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await (await signedIn(next)).context().close()
  for (const page of [here, elsewhere]) await page.context().close()
})

test('a manager whom the owner adds chooses their own password, and is signed out once their access is taken', async ({
  desk,
  browser,
  server,
}) => {
  test.setTimeout(240_000)
  const email = 'manager@kopi.example'
  const list = desk.getByRole('table', { name: 'Sign-ins' })
  const row = list.getByRole('row').filter({ hasText: 'Rajesh Kumar' })
  const panel = desk.getByRole('dialog')
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 800 } })
  const theirs = await context.newPage()
  const banner = theirs.getByRole('region', { name: 'Your password' })
  let password = ''

  await test.step('an address that has a sign-in is refused at its field, another one gets a password', async () => {
    await desk.goto('/office')
    await desk.getByRole('link', { name: 'Staff' }).click()
    await desk.getByRole('link', { name: 'Sign-ins' }).click()
    await expect(list.getByRole('row').filter({ hasText: OWNER.email })).toContainText('Owner')
    await desk.getByRole('link', { name: 'Add a sign-in' }).click()
    await panel.getByLabel('Name').fill('Rajesh Kumar')
    await panel.getByLabel('E-mail').fill(OWNER.email)
    await panel.getByRole('button', { name: 'Add and make a password' }).click()
    await expect(panel.getByText('Choose a role').last()).toBeVisible()
    await panel.getByLabel('Role').selectOption('Supervisor')
    await panel.getByRole('button', { name: 'Add and make a password' }).click()
    await expect(panel.getByText('This is what Tan Siew Hoon signs in with already')).toBeVisible()
    await lookAt(desk, 'office-sign-in-refused', SIZES)
    await panel.getByLabel('E-mail').fill(email)
    await panel.getByRole('button', { name: 'Add and make a password' }).click()
    const made = panel.getByRole('status', { name: 'Password for Rajesh Kumar' })
    await expect(made).toHaveText(/^[a-z2-9-]{14}$/)
    password = (await made.textContent()) ?? ''
    await lookAt(desk, 'office-sign-in-password', SIZES)
    await desk.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await panel.getByRole('button', { name: 'Copy' }).click()
    await expect(panel.getByRole('button', { name: 'Copied' })).toBeVisible()
    expect(await desk.evaluate(() => navigator.clipboard.readText())).toBe(password)
    await panel.getByRole('button', { name: 'Done' }).click()
    await expect(panel).toBeHidden()
    await expect(row).toContainText('Not yet')
    await expect(desk.getByText(password)).toBeHidden()
    await expect(desk.getByRole('region', { name: 'Your password' })).toBeHidden()
  })

  await test.step('he signs in with it, is asked for his own until he has chosen one', async () => {
    await theirs.goto('/office/sign-in')
    await theirs.getByLabel('E-mail').fill(email)
    await theirs.getByRole('textbox', { name: 'Password' }).fill(password)
    await theirs.getByRole('button', { name: 'Sign in' }).click()
    await expect(theirs.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
    await expect(banner).toBeVisible()
    await lookAt(theirs, 'office-first-password', SIZES)
    await theirs.getByRole('link', { name: 'Sales', exact: true }).first().click()
    await expect(theirs.getByRole('heading', { name: 'Sales', level: 1 })).toBeVisible()
    await lookAt(theirs, 'office-first-password-list', SIZES)
    await banner.getByRole('link', { name: 'Choose your own password' }).click()
    await theirs.getByRole('textbox', { name: 'Current password' }).fill(password)
    for (const field of ['New password', 'New password again'])
      await theirs.getByRole('textbox', { name: field, exact: true }).fill('teh tarik kurang manis')
    await theirs.getByRole('button', { name: 'Change password' }).click()
    await expect(theirs.getByText('Your password is changed.')).toBeVisible()
    await expect(banner).toBeHidden()
    await theirs.reload()
    await expect(theirs.getByRole('heading', { name: 'Your account' })).toBeVisible()
    await expect(banner).toBeHidden()
  })

  await test.step('the owner is asked before they take their own access, and takes his', async () => {
    await desk.reload()
    await expect(row).not.toContainText('Not yet')
    await lookAt(desk, 'office-sign-ins', SIZES)
    await list.getByRole('link', { name: 'Tan Siew Hoon' }).click()
    await desk.getByRole('button', { name: 'Take your own access away…' }).click()
    const question = desk.getByRole('dialog', { name: 'Take away your own access?' })
    await expect(question).toContainText('You are signed out at once')
    await question.getByRole('button', { name: 'Cancel' }).click()
    await expect(question).toBeHidden()
    await panel.getByRole('button', { name: 'Close' }).click()
    await list.getByRole('link', { name: 'Rajesh Kumar' }).click()
    await expect(desk.getByRole('button', { name: 'Make a new password…' })).toBeVisible()
    await lookAt(desk, 'office-sign-in', SIZES)
    await desk.getByRole('button', { name: 'Take Rajesh Kumar’s access away…' }).click()
    await desk.getByRole('button', { name: 'Take access away', exact: true }).click()
    await expect(row).toBeHidden()
  })

  await test.step('his next request is signed out, and he cannot come back', async () => {
    await theirs.getByRole('link', { name: 'Today', exact: true }).first().click()
    const ended = theirs.getByRole('dialog', { name: 'Sign in to go on' })
    await expect(ended).toBeVisible()
    await ended.getByRole('textbox', { name: 'Password' }).fill('teh tarik kurang manis')
    await ended.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(ended.getByRole('alert')).toContainText('The e-mail address or the password is wrong.')
  })
  await context.close()
})
