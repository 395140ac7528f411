import type { NamedReceipt } from '@evertill/shared/receipt/named-receipt'
import { expect, test } from 'vitest'
import { currentPrintJob, type PrintJob, printDone } from '../receipt/print-job.ts'
import { notPrinted, printAgain, printPaper } from './first-paper.ts'

let receipts = 0
const aReceipt = (): NamedReceipt => ({ receiptNo: `TB-2-${++receipts}` }) as NamedReceipt

/** What went to the print root, which has printed it by now, and whatever other tests left there. */
function handed(print: () => void): PrintJob {
  while (currentPrintJob() !== undefined) printDone()
  print()
  const job = currentPrintJob()
  if (job === undefined) throw new Error('nothing was printed')
  printDone()
  return job
}

test('of what was recorded last the first print is the original, and every other a copy', () => {
  const [paper, other] = [aReceipt(), aReceipt()]
  const copies = [paper, paper, other, paper].map((receipt) => handed(() => printPaper(receipt, true)).copy)
  expect(copies).toEqual([false, true, false, true])
})

test('of what is older there are copies alone', () => {
  const paper = aReceipt()
  expect(handed(() => printPaper(paper, false)).copy).toBe(true)
})

test('where no paper came, the next one is the original', () => {
  const paper = aReceipt()
  notPrinted(handed(() => printPaper(paper, true)))
  const again = handed(() => printPaper(paper, true))
  notPrinted(again)
  expect(again.copy).toBe(false)
  expect(handed(() => printAgain(again)).copy).toBe(false)
  expect(handed(() => printPaper(paper, true)).copy).toBe(true)
})

test('a copy that did not come out is a copy again, unless the original did not come out either', () => {
  const paper = aReceipt()
  const first = handed(() => printPaper(paper, true))
  const copy = handed(() => printPaper(paper, true))
  notPrinted(copy)
  expect(handed(() => printAgain(copy)).copy).toBe(true)
  notPrinted(first)
  notPrinted(copy)
  expect(handed(() => printAgain(copy)).copy).toBe(false)
})
