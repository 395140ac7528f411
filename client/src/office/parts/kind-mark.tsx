import type { SaleKind } from '@evertill/shared/protocol/office/sales'
import { IconArrowBackUp, IconBan } from '@tabler/icons-react'
import { SALE_KIND_WORDS } from '../words/sale-words.ts'
import classes from './marks.module.css'

/** Says of a receipt that it took something back; a sale needs no mark. */
export function KindMark({ kind }: { kind: SaleKind }) {
  if (kind === 'sale') return null
  const Icon = kind === 'refund' ? IconArrowBackUp : IconBan
  return (
    <span className={classes.wait}>
      <Icon size={16} aria-hidden /> {SALE_KIND_WORDS[kind]}
    </span>
  )
}
