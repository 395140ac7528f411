import type { ExceptionType } from '@evertill/shared/protocol/push'

/*
 * Where an entry stands:
 *
 *   waiting ──applied / duplicate──▶ acknowledged, kept 90 days
 *      ▲  └──quarantined──▶ held for a person
 *      └── the server lost it (restored from a backup), its mark has passed it, or a person sends it again
 */
export type Fate = 'waiting' | 'applied' | 'duplicate' | 'held'

/** An entry as this till keeps it: its hashed text, and what became of it. */
export interface JournalRow {
  tillId: string
  epoch: number
  seq: number
  id: string
  hash: string
  /** The canonical text that was hashed; it is sent as it stands. */
  raw: string
  kind: string
  at: string
  fate: Fate
  settledAt?: string
  /** Counts settlements, so that a pull knows which of them its stock levels contain. Clocks jump. */
  settledNo?: number
  /** Present while the server's rows, as held here, do not contain this entry. */
  overlaid?: 1
  /** What of it is lifted all the same, for this browser is elsewhere now: the goods, or the value and points too. */
  aside?: 'goods' | 'all'
  /** The shift it happened in. */
  shiftId?: string
  /** The sale that a refund or void takes back from. */
  originalId?: string
  /** The sale, refund or void whose receipt goes out by e-mail, or is made out to a business. */
  paperId?: string
  reason?: string
  /** Present once it was sent again after the server's mark had passed it, held. */
  askedAgain?: 1
  exceptions?: ExceptionType[]
}

/** As much of an entry as a row says beside its text. */
interface Written extends Pick<JournalRow, 'epoch' | 'seq' | 'id' | 'at' | 'kind' | 'shiftId'> {
  readonly body: object
}

/** The row of an entry that no server is known to have. What it refers to stands beside it, to be found from there. */
export function waitingRow(
  tillId: string,
  { epoch, seq, id, at, kind, shiftId, body }: Written,
  { hash, raw }: Pick<JournalRow, 'hash' | 'raw'>,
): JournalRow {
  const { original, paperId } = body as { original?: { saleId: string }; paperId?: string }
  return {
    tillId,
    epoch,
    seq,
    id,
    hash,
    raw,
    kind,
    at,
    fate: 'waiting',
    ...(shiftId !== undefined && { shiftId }),
    ...((kind === 'refund' || kind === 'void') && original !== undefined && { originalId: original.saleId }),
    ...((kind === 'receipt-emailed' || kind === 'buyer-named') && paperId !== undefined && { paperId }),
  }
}
