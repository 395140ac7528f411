import type { OpenOutbox, Outbox, Sale } from '../outbox.ts'

/** What the runner calls in the page. */
export interface Bench {
  open(setUp: unknown): Promise<void>
  take(sales: readonly Sale[]): Promise<void>
  isDrained(): Promise<boolean>
}

declare global {
  interface Window {
    bench: Bench
    /** The receipt is in the customer's hand: the runner has counted the sale. */
    paid(id: string): Promise<void>
  }
}

export function expose(openOutbox: OpenOutbox): void {
  let outbox: Outbox | undefined
  const opened = () => {
    if (outbox === undefined) throw new Error('the outbox is not open')
    return outbox
  }
  window.bench = {
    open: async (setUp) => {
      outbox = await openOutbox(setUp)
    },
    take: async (sales) => {
      for (const sale of sales) {
        await opened().take(sale)
        await window.paid(sale.id)
      }
    },
    isDrained: () => opened().isDrained(),
  }
}
