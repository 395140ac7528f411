import type { Logo } from '../protocol/logo.ts'

/** What can be put on a roll of paper, one below the other. */
export type PrintRow =
  | {
      readonly kind: 'text'
      readonly text: string
      readonly centred?: boolean
      readonly strong?: boolean
    }
  | {
      readonly kind: 'pair'
      /** At the left; wraps, so that `value` at the right stays whole. */
      readonly label: string
      readonly value: string
      readonly strong?: boolean
    }
  | { readonly kind: 'rule' }
  /** A QR code. */
  | { readonly kind: 'code'; readonly text: string }
  /** In the middle, as many dots wide as it is. */
  | ({ readonly kind: 'picture' } & Logo)
