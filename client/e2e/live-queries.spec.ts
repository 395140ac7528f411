import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { build } from 'vite'

const SOURCES = resolve(import.meta.dirname, '../src')
const CATALOGUE = ['staff', 'taxCode', 'category', 'paymentMethod', 'tier', 'promotion']
const JOURNAL = ['journal:sale', 'journal:refund']

/** What a screen must be told about: all that its question reads, to the last read. */
const WOKEN_BY: Readonly<Record<string, readonly string[]>> = {
  countKept: JOURNAL,
  countUnrescued: [...JOURNAL, 'state:rescued'],
  countWaiting: ['journal:sale'],
  emailsOf: ['journal:emailed'],
  findCustomer: ['customer'],
  findOriginal: [...JOURNAL, 'journal:named'],
  findPaper: ['journal:sale'],
  findSale: ['journal:sale'],
  isBetweenShifts: ['state:till', 'state:shift', 'state:company'],
  isHeldByShift: ['state:shift', 'state:company', 'state:outlet'],
  isTurnedAway: ['state:tillState', 'state:contact'],
  knownMembers: ['customer'],
  keptEmail: ['customer'],
  readCatalogue: [
    ...['state:company', 'state:outlet', 'state:tillState', 'state:clockOffsetMs', 'state:heardAt'],
    ...['state:formerStaff', ...CATALOGUE],
  ],
  readHeldSales: ['heldSale'],
  readHealth: [...JOURNAL, 'state:till', 'state:contact', 'state:clockOffsetMs', 'state:tillState'],
  readMostSold: ['state:mostSold'],
  readMyExchange: ['state:openExchange'],
  readPaidExchange: ['state:openExchange'],
  readNamedBuyer: ['journal:named', 'otherPaper:otherPaper'],
  readOpenSale: ['state:openSale'],
  readPoints: ['customer', 'pointsHere', 'state:contact'],
  readSession: ['state:session:page', 'staff'],
  readShift: ['state:till', 'state:shift'],
  readStockOf: ['stock'],
  readTill: ['state:till'],
  readUnit: ['product'],
  readValue: ['storedValue', 'valueHere', 'state:contact'],
  recentCloses: ['journal:opened', 'journal:closed'],
  recentPapers: [...JOURNAL, 'state:till'],
  recentSales: [...JOURNAL, 'state:till'],
  refundsOf: ['journal:refund'],
  refundsOfAll: ['journal:refund'],
  rescuableTills: [...JOURNAL, 'journal:old-sale', 'state:till', 'state:formerTills'],
  searchCustomers: ['customer'],
  shiftDetailsOf: ['journal:drawer'],
  unsentSince: ['journal:sale', 'state:till'],
  whatToRemember: ['journal:sale', 'state:till'],
}

test('every live query keeps its transaction in a browser, and hears of all that it reads', async ({
  page,
}) => {
  const heard = await listen(page)
  for (const [name, wokenBy] of Object.entries(WOKEN_BY))
    expect.soft(heard[name], name).toEqual({ wokenBy: expect.arrayContaining([...wokenBy]) })
})

test('no screen asks a live query that is not tried here', async () => {
  const asked = new Set<string>()
  for (const path of await readdir(SOURCES, { recursive: true }))
    if (/\.tsx?$/.test(path))
      for (const name of storeCallsIn(await readFile(join(SOURCES, path), 'utf8'))) asked.add(name)
  expect([...asked].sort()).toEqual(Object.keys(WOKEN_BY).sort())
})

/** Functions that are called with the database by what asks it again and again: `useLiveQuery(… , [dependencies])`. */
function storeCallsIn(source: string): string[] {
  const queries =
    source.match(
      /(?:useLiveQuery|useCalmQuery|followCalmly)\((?:(?!useLiveQuery|useCalmQuery|followCalmly)[\s\S])*?\[db\b/g,
    ) ?? []
  return queries.flatMap((query) => [...query.matchAll(/(\w+)\(db\b/g)].map(([, name = '']) => name))
}

async function listen(page: Page): Promise<Record<string, { wokenBy: string[]; error?: string }>> {
  const [built] = [
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        write: false,
        // As the client is built: native async functions are what it is about.
        target: 'es2023',
        lib: { entry: resolve(import.meta.dirname, 'live-queries-page.ts'), formats: ['iife'], name: 'page' },
      },
    }),
  ].flat()
  if (built === undefined || !('output' in built)) throw new Error('nothing was built')
  // An origin that needs no server, but may have a database.
  await page.route('https://till.test/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Till</title>' }),
  )
  await page.goto('https://till.test/')
  await page.addScriptTag({ content: built.output[0].code })
  return page.evaluate(`listen(${JSON.stringify(WOKEN_BY)})`)
}
