import { expect, test } from 'vitest'
import { storageKindOf } from './storage-kind.ts'

const GB = 1_000_000_000

test('a private window of Chromium has a share of memory, less than JavaScript may use', () => {
  expect(storageKindOf({ persisted: false, quota: 1.57 * GB, heapLimit: 4.29 * GB })).toBe('ephemeral')
  expect(storageKindOf({ persisted: false, quota: 162 * GB, heapLimit: 4.29 * GB })).toBe('best-effort')
})

test('a browser that does not tell of its memory gives a private window little', () => {
  expect(storageKindOf({ persisted: false, quota: 0.3 * GB })).toBe('ephemeral')
  expect(storageKindOf({ persisted: false, quota: 10 * GB })).toBe('best-effort')
  expect(storageKindOf({ persisted: false, quota: undefined })).toBe('best-effort')
})

test('storage that the browser promised to keep is kept, however little', () => {
  expect(storageKindOf({ persisted: true, quota: 0.1 * GB, heapLimit: 4.29 * GB })).toBe('persistent')
})
