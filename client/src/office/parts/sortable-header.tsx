import { UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './data-table.module.css'

interface SortableHeaderProps {
  readonly align: 'end' | undefined
  /** Undefined where the column cannot be sorted. */
  readonly sorted: 'asc' | 'desc' | 'none' | undefined
  readonly onSort: () => void
  readonly children: ReactNode
}

const icons = { asc: IconArrowUp, desc: IconArrowDown, none: IconArrowsSort }
const ariaSort = { asc: 'ascending', desc: 'descending', none: 'none' } as const

export function SortableHeader({ align, sorted, onSort, children }: SortableHeaderProps) {
  if (sorted === undefined) {
    return (
      <th scope="col" data-align={align}>
        {children}
      </th>
    )
  }
  const Icon = icons[sorted]
  return (
    <th scope="col" data-align={align} aria-sort={ariaSort[sorted]}>
      <UnstyledButton className={classes.sort} onClick={onSort} data-sorted={sorted !== 'none' || undefined}>
        {children}
        <Icon size={14} aria-hidden className={classes.sortIcon} />
      </UnstyledButton>
    </th>
  )
}
