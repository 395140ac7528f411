/** What the till knows of its talks with the server; written by sync, shown by the health page. */
export interface Contact {
  /** Instant of the last readable answer, by the till's clock. */
  readonly lastContactAt?: string
  readonly lastAttemptAt?: string
  readonly lastPushAt?: string
  readonly lastPullAt?: string
  readonly serverTime?: string
  /** Whether the last attempt reached the server. */
  readonly online: boolean
  readonly sending: boolean
  readonly lastProblem?: { readonly code: string; readonly message: string; readonly at: string }
  /** By epoch: every seq up to here is on the server. */
  readonly highWater: { readonly [epoch: number]: number }
  /** Entries acknowledged on this business date. */
  readonly sent: { readonly businessDate: string; readonly count: number }
}

export const NO_CONTACT: Contact = {
  online: false,
  sending: false,
  highWater: {},
  sent: { businessDate: '', count: 0 },
}
