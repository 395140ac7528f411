import type { CustomerScreenState } from './customer-view.ts'

/*
 * Between the till and the customer's window of the same browser:
 *
 *   screen ── here ──▶ till ── show … show … ──▶ screen      when the screen opens, and then at every change
 *   till ── anyone ──▶ screen ── here ──▶ till                when the till is loaded again
 */
type Message =
  | { readonly say: 'anyone' }
  | { readonly say: 'here' }
  | { readonly say: 'show'; readonly state: CustomerScreenState }

const NAME = 'evertill-customer-screen'

export interface CustomerChannel {
  readonly say: (message: Message) => void
  readonly close: () => void
}

export function openCustomerChannel(hear: (message: Message) => void): CustomerChannel {
  const channel = new BroadcastChannel(NAME)
  channel.onmessage = ({ data }: MessageEvent<Message>) => hear(data)
  return { say: (message) => channel.postMessage(message), close: () => channel.close() }
}
