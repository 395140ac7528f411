import { expect, test } from './fixtures.ts'
import { expectAllSent, readJournal } from './journal.ts'

const ALREADY = 'Already a member: '

test('a member who is registered again is offered first, by phone and by e-mail, and what is no phone is said', async ({
  page,
  till: { screen },
  server,
  items,
}) => {
  const [item] = items
  const [member] = await server.sql<{ name: string; phone: string }[]>`
    select name, phone from customer where code = 'M0002'`
  if (item === undefined || member === undefined) throw new Error('the demo company has no such customer')
  const digits = member.phone.replace(/^\+65|\s/g, '')
  const dialog = page.getByRole('dialog')
  const [name, phone, email] = ['Name', 'Phone (if they like)', 'E-mail for receipts (if they like)'].map(
    (label) => dialog.getByLabel(label),
  )
  if (name === undefined || phone === undefined || email === undefined) throw new Error('no such fields')
  const cart = page.getByRole('region', { name: 'Cart' })
  const use = dialog.getByRole('button', { name: `Use ${member.name}` })
  const registered = async () =>
    (await readJournal(page)).flatMap(({ raw }) => {
      const { kind, body } = JSON.parse(raw)
      return kind === 'customer-registered' ? [body.name] : []
    })
  const begin = async (typed: string) => {
    await page.keyboard.press('F4')
    await dialog.getByRole('searchbox').fill(typed)
    await dialog.getByRole('button', { name: 'Register a new customer' }).click()
    await expect(name).toHaveValue(typed)
  }
  await screen.scan(item.barcode)
  await expect(screen.line(item)).toBeVisible()

  await test.step('what is no phone is said at its field', async () => {
    await begin('Ng Z H')
    for (const none of ['asdf', '12345']) {
      await phone.fill(none)
      await dialog.getByRole('button', { name: 'Register Ng Z H' }).click()
      await expect(phone).toHaveAccessibleDescription(/6 digits or more/)
      await expect(phone).toBeFocused()
    }
  })

  await test.step('the phone of a member chooses the member', async () => {
    await phone.fill(digits)
    await expect(phone).toHaveAccessibleDescription('')
    await expect(dialog.getByRole('alert').filter({ hasText: ALREADY + member.name })).toContainText(
      member.phone,
    )
    await expect(dialog.getByRole('button', { name: 'Register Ng Z H' })).toBeHidden()
    await phone.press('Enter')
    await expect(use).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(cart).toContainText(member.name)
    expect(await registered()).toEqual([])
    await page.getByRole('button', { name: `Remove ${member.name} from the sale` }).click()
  })

  await test.step('offline too, however it is written; who says so registers another', async () => {
    await page.context().setOffline(true)
    await begin('Ng Z H')
    await phone.fill(`0065 ${digits.slice(0, 4)}-${digits.slice(4)}`)
    await expect(use).toBeVisible()
    await email.fill('ng.z.h@example.com')
    await dialog.getByRole('button', { name: 'Register another all the same' }).click()
    await expect(dialog).toBeHidden()
    await expect(cart).toContainText('Ng Z H')
    expect(await registered()).toEqual(['Ng Z H'])
    await page.getByRole('button', { name: 'Remove Ng Z H from the sale' }).click()
  })

  await test.step('an address is known by Enter as well', async () => {
    await begin('Ng Somebody')
    await email.fill('NG.Z.H@example.com')
    await email.press('Enter')
    await expect(dialog.getByRole('button', { name: 'Use Ng Z H' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(cart).toContainText('Ng Z H')
    expect(await registered()).toEqual(['Ng Z H'])
  })

  await page.context().setOffline(false)
  await expectAllSent(page, 1)
})
