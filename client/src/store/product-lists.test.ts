import { expect, test } from 'vitest'
import { createProductLists, type FromWorker, type ListWorker, type PageRequest } from './product-lists.ts'
import { enrolledTill, MILK, productRow, RICE } from './till-for-tests.ts'

/** The page's end of a worker: what it was asked, and a way to answer. */
class Line implements ListWorker {
  onmessage: ListWorker['onmessage'] = null
  onerror: ListWorker['onerror'] = null
  readonly asked: PageRequest[] = []
  postMessage(request: PageRequest) {
    this.asked.push(request)
  }
  say(data: FromWorker) {
    this.onmessage?.({ data } as MessageEvent<FromWorker>)
  }
}

const milk = productRow(MILK, 'Milk 1 l', 345, ['8888888888888'])

test('until the worker is ready the database answers by the beginning of name, SKU and barcode', async () => {
  const line = new Line()
  const lists = createProductLists(await enrolledTill(), () => line)
  lists.start()
  const found = async (text: string) => (await lists.page({ text }, 0, 60)).rows.map((row) => row?.name)
  expect(await found('mil')).toEqual(['Milk 1 l'])
  expect(await found('8888')).toEqual(['Milk 1 l'])
  expect(await found('RICE 5')).toEqual(['Rice 5 kg'])
  expect(await found('1 l')).toEqual([])
  expect(await lists.page({}, 1, 2)).toMatchObject({ count: 2, rows: [{ productId: RICE }] })
  expect(line.asked).toEqual([])
})

test('answers of the worker find their questions, in whatever order they come', async () => {
  const line = new Line()
  const lists = createProductLists(await enrolledTill(), () => line)
  lists.start()
  line.say({ type: 'ready' })
  const pages = [lists.page({ text: 'a' }, 0, 1), lists.page({ text: 'ab' }, 0, 1)]
  const [first, second] = line.asked
  line.say({ type: 'page', no: second?.no ?? 0, page: { count: 2, rows: [milk] } })
  line.say({ type: 'page', no: first?.no ?? 0, page: { count: 1, rows: [] } })
  expect((await Promise.all(pages)).map(({ count }) => count)).toEqual([1, 2])
})

test('whoever shows products is told when the index is ready and when products change', async () => {
  const line = new Line()
  const lists = createProductLists(await enrolledTill(), () => line)
  lists.start()
  const told: string[] = []
  const stop = lists.subscribe(() => told.push('changed'))
  line.say({ type: 'ready' })
  line.say({ type: 'changed' })
  stop()
  line.say({ type: 'changed' })
  expect(told).toEqual(['changed', 'changed'])
})

test('a worker that fails leaves its questions, and those that come, to the database', async () => {
  const line = new Line()
  const lists = createProductLists(await enrolledTill(), () => line)
  lists.start()
  line.say({ type: 'ready' })
  const asked = lists.page({ text: 'milk' }, 0, 60)
  line.say({ type: 'failed' })
  expect(await asked).toMatchObject({ count: 1, rows: [{ productId: MILK }] })
  expect(await lists.page({ text: 'rice' }, 0, 60)).toMatchObject({ count: 1, rows: [{ productId: RICE }] })
  expect(line.asked).toHaveLength(1)
})

test('a browser that allows no worker is served by the database', async () => {
  const lists = createProductLists(await enrolledTill(), () => {
    throw new Error('no workers here')
  })
  lists.start()
  expect(await lists.page({ text: 'milk' }, 0, 60)).toMatchObject({ count: 1 })
})
