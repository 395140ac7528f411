import { type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test'
import { launchTill } from './browser.ts'
import { DayBooks } from './day-books.ts'
import { DayHand } from './day-hand.ts'
import { type People, randomFrom, readPeople, Shelf } from './day-plan.ts'
import { type DayOffers, type Goods, makeOffers, readGoods } from './day-shop.ts'
import { OWNER } from './demo-company.ts'
import { readJournal } from './journal.ts'
import { readPoints, readStock } from './ledger.ts'
import { OfficeClient } from './office-client.ts'
import type { ServerProcess } from './server-process.ts'
import { TillScreen } from './till-screen.ts'

/** Sales of the day, one of an exchange among them. */
export const SALES = 100
export const FLOAT = 200_00
/** What is missing from the drawer at the close. */
export const MISSING = 2_35

/** All that the steps of the day share. */
export interface Day {
  readonly server: ServerProcess
  readonly office: OfficeClient
  readonly tillId: string
  readonly outletId: string
  readonly context: BrowserContext
  readonly till: TillScreen
  readonly page: Page
  readonly dialog: Locator
  readonly hand: DayHand
  readonly books: DayBooks
  readonly offers: DayOffers
  readonly people: People
  readonly shelf: Shelf
  readonly random: () => number
  /** Some goods that are on no offer. */
  readonly any: () => Goods
  readonly stockBefore: ReadonlyMap<string, number>
  readonly pointsBefore: ReadonlyMap<string, number>
}

/** The shop is stocked and its till enrolled; then the server ends, and the till starts cold without it. */
export async function openDay(
  server: ServerProcess,
  profile: string,
  opened: (context: BrowserContext) => void,
): Promise<Day> {
  const office = await OfficeClient.signIn(server.url, OWNER)
  const { tillId, outletId, enrolPath } = await office.newTill('Day till')
  const goods = await readGoods(server.sql, outletId)
  const offers = await makeOffers(server.sql, goods)
  const people = await readPeople(server.sql)
  const stockBefore = await readStock(server.sql, outletId)
  const pointsBefore = await readPoints(server.sql)
  const books = new DayBooks(offers)
  const shelf = new Shelf(goods, offers)
  const random = randomFrom(20_261_121)

  const open = async () => {
    const context = await launchTill(profile, server.url)
    opened(context)
    return { context, till: new TillScreen(context.pages()[0] ?? (await context.newPage())) }
  }
  await test.step('the till is enrolled and loaded once, and then there is no server any more', async () => {
    const { context, till } = await open()
    await till.enrol(`${server.url}${enrolPath}`)
    await till.readyForOffline()
    await expect(till.chip).toHaveText('Safe, all sent')
    await context.close()
    await server.kill9()
  })

  const { context, till } = await open()
  const { page } = till
  return {
    ...{ server, office, tillId, outletId, context, till, page },
    dialog: page.getByRole('dialog'),
    hand: new DayHand(till, books),
    ...{ books, offers, people, shelf, random, stockBefore, pointsBefore },
    any: () => shelf.any(random),
  }
}

/** The code that the newest entry of the journal put money on. */
export async function newCode(page: Page): Promise<string> {
  const { body } = JSON.parse((await readJournal(page)).at(-1)?.raw ?? '{}')
  const code = body.issued?.[0]?.code ?? body.tenders.find((leg: { code?: string }) => leg.code)?.code
  if (code === undefined) throw new Error('nothing was put on a code')
  return code
}
