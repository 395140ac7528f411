import { afterEach, beforeEach, expect, test } from 'vitest'
import { currentPrintJob, type PrintJob, printDone, printHanded, printReceipt } from './print-job.ts'

const jobOf = (receiptNo: string) => ({ receipt: { receiptNo }, copy: false }) as PrintJob
const current = () => currentPrintJob()?.receipt.receiptNo

const printAll = () => {
  while (currentPrintJob() !== undefined) printDone()
}
beforeEach(printAll)
afterEach(printAll)

test('receipts that are asked for at once are printed one after the other', () => {
  printReceipt(jobOf('A'))
  printReceipt(jobOf('B'))
  expect(current()).toBe('A')
  printDone()
  expect(current()).toBe('B')
  printDone()
  expect(current()).toBeUndefined()
})

test('the same receipt again is another job', () => {
  const job = jobOf('A')
  printReceipt(job)
  printReceipt(job)
  const first = currentPrintJob()
  printDone()
  expect(current()).toBe('A')
  expect(currentPrintJob()).not.toBe(first)
})

test('a browser that never tells it has printed keeps no later receipt waiting', () => {
  printReceipt(jobOf('A'))
  printHanded()
  printReceipt(jobOf('B'))
  expect(current()).toBe('B')
  printReceipt(jobOf('C'))
  expect(current()).toBe('B')
})
