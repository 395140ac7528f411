import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BootError } from '../../boot-error.ts'
import { lockData } from './data-lock.ts'
import { startOf } from './process-identity.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evertill-lock-'))
  path = join(folder, 'postgres.lock')
})
afterEach(() => rm(folder, { recursive: true }))

test('a held lock is refused until it is released', () => {
  const lock = lockData(path, folder)
  expect(() => lockData(path, folder)).toThrow(BootError)
  lock.release()
  lockData(path, folder).release()
  expect(readdirSync(folder)).toEqual([])
})

test('the lock of a process that is gone is taken over', async () => {
  await writeFile(path, '999999999 whenever\n')
  const lock = lockData(path, folder)
  expect(readFileSync(path, 'utf8')).toContain(`${process.pid} `)
  lock.release()
})

test('the lock of an earlier process with the same number is taken over', async () => {
  await writeFile(path, `${process.ppid} some-earlier-boot/123\n`)
  lockData(path, folder).release()
})

test('the lock of a running process is respected', async () => {
  await writeFile(path, `${process.ppid} ${startOf(process.ppid) ?? '-'}\n`)
  expect(() => lockData(path, folder)).toThrow(`process ${process.ppid}`)
})

test('a lock cut off while it was written is taken over', async () => {
  await writeFile(path, '')
  lockData(path, folder).release()
})

test('releasing twice does not release the lock of the next holder', () => {
  const first = lockData(path, folder)
  first.release()
  const second = lockData(path, folder)
  expect(readFileSync(path, 'utf8')).not.toBe('')
  second.release()
})
