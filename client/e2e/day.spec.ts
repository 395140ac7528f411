import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, test } from '@playwright/test'
import { closeShift, expectAllWaiting, moveCash } from './day-close.ts'
import { comeOnline, expectEveryPaper, expectStockAndPoints, expectTheZ } from './day-head-office.ts'
import { readWritten } from './day-papers.ts'
import { takeBackByPin, takeBackGoods } from './day-returns.ts'
import {
  changeCashier,
  openShift,
  quickSales,
  sellAndSpendCodes,
  sellEveryKindOfLine,
  sellOnPromotion,
  splitTendersAndDiscounts,
} from './day-sales.ts'
import { openDay, SALES } from './day-stage.ts'
import { ServerProcess } from './server-process.ts'

// Its server's start too.
test.describe.configure({ timeout: 1_800_000 })

let server: ServerProcess | undefined
let profile: string
let context: BrowserContext | undefined

test.beforeEach(async () => {
  server = await ServerProcess.start()
  profile = await mkdtemp(join(tmpdir(), 'evertill-profile-'))
})

test.afterEach(async () => {
  await context?.close()
  await server?.stop()
  await rm(profile, { recursive: true, force: true })
})

test('a whole day without a network, from a cold start to the Z report, comes to the cent at head office', async () => {
  if (server === undefined) throw new Error('there is no server')
  const day = await openDay(server, profile, (opened) => {
    context = opened
  })

  await openShift(day)
  await quickSales(day, 18)
  await sellEveryKindOfLine(day)
  await sellOnPromotion(day)
  await takeBackByPin(day)
  await quickSales(day, 16)
  await changeCashier(day)
  await sellAndSpendCodes(day)
  await splitTendersAndDiscounts(day)
  await takeBackGoods(day)
  await moveCash(day)
  await quickSales(day, SALES - day.books.sales.length)
  await closeShift(day)

  const journal = await readWritten(day.page)
  await expectAllWaiting(day, journal)
  await comeOnline(day, journal.length)
  await expectTheZ(day)
  await expectEveryPaper(day, journal)
  await expectStockAndPoints(day)
})
