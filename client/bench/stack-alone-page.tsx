import { useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { openTillDatabase, type TillDatabase } from '../src/store/till-database.ts'

/*
 * The least that React and Dexie can do for what the till's bench times: no prices, no seal, no style, no words but the
 * ones waited for. Its database is the till's own, with its indexes; a payment reads and writes as many rows as a sale
 * of four lines does.
 */

const STATE = ['till', 'company', 'outlet', 'clockOffsetMs', 'heardAt', 'counters', 'shift', 'openSale']
const WRITTEN = ['counters', 'shift', 'openSale']
const PRODUCTS = ['a', 'b', 'c', 'd']
const TILES = 35
const RAW = 'x'.repeat(2000)

const db = openTillDatabase({ name: 'bench-stack-alone' })
let seq = 0

async function fill(): Promise<void> {
  await db.state.bulkPut(STATE.map((key) => ({ key, value: { text: RAW.slice(0, 200) } })))
  await db.stock.bulkPut(PRODUCTS.map((productId) => ({ productId, onHand: 10, sold: 0 })))
}

/** One strict transaction, as `recordSale` is. */
const record = (to: TillDatabase) =>
  to.transaction('rw', [to.journal, to.state, to.stock, to.taxCode, to.promotion], async () => {
    const [, levels] = await Promise.all([
      to.state.bulkGet(STATE),
      to.stock.bulkGet(PRODUCTS),
      to.taxCode.toArray(),
      to.promotion.toArray(),
    ])
    seq += 1
    await Promise.all([
      to.journal.add({
        tillId: 'till',
        epoch: 1,
        seq,
        id: `sale ${seq}`,
        hash: `hash ${seq}`,
        raw: RAW,
        kind: 'sale',
        at: new Date().toISOString(),
        fate: 'waiting',
        overlaid: 1,
        shiftId: 'shift',
      }),
      ...WRITTEN.map((key) => to.state.put({ key, value: { text: RAW.slice(0, 200), seq } })),
      to.stock.bulkPut(levels.flatMap((level) => (level ? [{ ...level, sold: level.sold + 1 }] : []))),
    ])
  })

function Page() {
  const [lines, setLines] = useState(0)
  const [text, setText] = useState('')
  const [paid, setPaid] = useState(false)
  const next = useRef<HTMLButtonElement>(null)
  const search = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    const heard = ({ key }: KeyboardEvent) => {
      if (key === 'Enter') setLines((n) => n + 1)
      else if (key === 'F12') void record(db).then(() => flushSync(() => setPaid(true)))
      else if (key === 'Escape') {
        setPaid(false)
        setLines(0)
        setText('')
      }
    }
    window.addEventListener('keydown', heard)
    return () => window.removeEventListener('keydown', heard)
  }, [])
  useLayoutEffect(() => (paid ? next : search).current?.focus(), [paid])
  return (
    <main>
      <h1>{paid && 'Paid'}</h1>
      <button ref={next} type="button">
        New sale
      </button>
      <input ref={search} type="search" value={text} onChange={(event) => setText(event.target.value)} />
      <div id="products">
        {Array.from({ length: TILES }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a tile keeps its place
          <button key={i} type="button">
            {text} {i}
          </button>
        ))}
      </div>
      <section aria-label="Cart">
        <ul>
          {Array.from({ length: lines }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added
            <li key={i}>Line {i}</li>
          ))}
        </ul>
      </section>
    </main>
  )
}

const root = document.createElement('div')
document.body.replaceChildren(root)
void fill().then(() => createRoot(root).render(<Page />))
