import { expect, type Page } from '@playwright/test'

export interface JournalEntry {
  readonly seq: number
  readonly fate: string
  readonly hash: string
  readonly raw: string
}

/** All rows of a table of the till's IndexedDB, read behind the app's back. */
export async function readRows<T>(page: Page, table: 'journal' | 'staff'): Promise<T[]> {
  const rows = await page.evaluate(async (table) => {
    const open = indexedDB.open('evertill')
    await new Promise((resolve, reject) => {
      open.onsuccess = resolve
      open.onerror = reject
    })
    const all = open.result.transaction(table).objectStore(table).getAll()
    await new Promise((resolve, reject) => {
      all.onsuccess = resolve
      all.onerror = reject
    })
    open.result.close()
    return all.result
  }, table)
  // Only the till writes them.
  return rows as T[]
}

export async function readJournal(page: Page): Promise<JournalEntry[]> {
  const rows = await readRows<JournalEntry>(page, 'journal')
  return rows.map(({ seq, fate, hash, raw }) => ({ seq, fate, hash, raw }))
}

/**
 * Resolves when so many entries are in the till's journal and head office has answered for every one. The chip cannot
 * say that: for a moment after an entry was recorded it still shows what was true before.
 */
export async function expectAllSent(page: Page, entries: number): Promise<void> {
  // Where an answer comes late it is sent again, and is a duplicate.
  const fates = async () =>
    (await readJournal(page)).map(({ fate }) => (fate === 'duplicate' ? 'applied' : fate))
  await expect.poll(fates, { timeout: 60_000 }).toEqual(Array.from({ length: entries }, () => 'applied'))
}

/**
 * A row of the till's state, as a till finds it that starts now. What the screen shows is on its way there: a page that
 * is to be left or killed and found again as it was has to wait for it.
 */
export async function readStored(page: Page, key: 'openSale' | 'openExchange'): Promise<unknown> {
  return page.evaluate(async (key) => {
    const open = indexedDB.open('evertill')
    await new Promise((resolve, reject) => {
      open.onsuccess = resolve
      open.onerror = reject
    })
    const row = open.result.transaction('state').objectStore('state').get(key)
    await new Promise((resolve, reject) => {
      row.onsuccess = resolve
      row.onerror = reject
    })
    open.result.close()
    return row.result?.value
  }, key)
}

/**
 * Sends entries once more, signed with the till's own key as the till would, and answers what the server said.
 * Written against the protocol's description, not with the till's code.
 */
export async function pushAgain(
  page: Page,
  entries: readonly JournalEntry[],
): Promise<{ status: number; body: { outcomes: { outcome: string }[]; highWater: number } }> {
  return page.evaluate(async (entries) => {
    const open = indexedDB.open('evertill')
    await new Promise((resolve, reject) => {
      open.onsuccess = resolve
      open.onerror = reject
    })
    const state = open.result.transaction('state').objectStore('state').get('till')
    await new Promise((resolve, reject) => {
      state.onsuccess = resolve
      state.onerror = reject
    })
    open.result.close()
    const till = state.result.value as {
      tillId: string
      companyId: string
      epoch: number
      privateKey: CryptoKey
    }

    const bytes = (text: string) => new TextEncoder().encode(text)
    const base64url = (data: ArrayBuffer | Uint8Array<ArrayBuffer>) =>
      btoa(String.fromCharCode(...new Uint8Array(data)))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replaceAll('=', '')
    const header = {
      version: 1,
      epoch: till.epoch,
      report: { waiting: 0, oldestWaitingAt: null, clockOffsetMs: 0, appVersion: 'e2e', persisted: true },
    }
    const body = [JSON.stringify(header), ...entries.map(({ hash, raw }) => `${hash} ${raw}`)].join('\n')
    const claims = {
      iss: till.tillId,
      cid: till.companyId,
      iat: Math.floor(Date.now() / 1000),
      bh: base64url(await crypto.subtle.digest('SHA-256', bytes(body))),
      htm: 'POST',
      htu: '/api/push',
    }
    const unsigned = [{ alg: 'ES256', typ: 'JWT' }, claims]
      .map((part) => base64url(bytes(JSON.stringify(part))))
      .join('.')
    const signature = await crypto.subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' },
      till.privateKey,
      bytes(unsigned),
    )
    const response = await fetch('/api/push', {
      method: 'POST',
      headers: {
        'content-type': 'application/x-ndjson',
        authorization: `Bearer ${unsigned}.${base64url(signature)}`,
      },
      body,
    })
    return { status: response.status, body: await response.json() }
  }, entries)
}
