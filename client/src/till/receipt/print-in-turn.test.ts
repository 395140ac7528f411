import type { NamedReceipt } from '@evertill/shared/receipt/named-receipt'
import { expect, test } from 'vitest'
import { printInTurn } from './print-in-turn.ts'
import type { PrintJob } from './print-job.ts'

const paper = (receiptNo: string): PrintJob => ({
  receipt: { receiptNo } as NamedReceipt,
  copy: false,
})

test('both papers of an exchange come out in their order, however long what prints takes to come', async () => {
  const printed: string[] = []
  const print = ({ receipt }: PrintJob) => printed.push(receipt.receiptNo)
  // The first fetch is the slow one.
  const waits = [20, 0]
  const hand = printInTurn(
    () => new Promise((resolve) => setTimeout(() => resolve(print), waits.shift() ?? 0)),
  )
  await Promise.all([hand(paper('TB-1-1')), hand(paper('TB-1-2'))])
  expect(printed).toEqual(['TB-1-1', 'TB-1-2'])
})

test('what prints is asked for again where it did not come', async () => {
  const printed: string[] = []
  let here = false
  const hand = printInTurn(async () => {
    if (!here) throw new Error('offline')
    return ({ receipt }) => printed.push(receipt.receiptNo)
  })
  await expect(hand(paper('TB-1-1'))).rejects.toThrow('offline')
  here = true
  await hand(paper('TB-1-2'))
  expect(printed).toEqual(['TB-1-2'])
})
