import { UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './data-table.module.css'

interface SortableHeaderProps {
  readonly align: 'end' | undefined
  /** Undefined where the column cannot be sorted. */
  readonly sorted: 'asc' | 'desc' | 'none' | undefined
  readonly onSort: () => void
  readonly children: ReactNode
}

const ariaSort = { asc: 'ascending', desc: 'descending', none: 'none' } as const

export function SortableHeader({ align, sorted, onSort, children }: SortableHeaderProps) {
  if (sorted === undefined) {
    return (
      <th scope="col" data-align={align}>
        {children}
      </th>
    )
  }
  return (
    <th scope="col" data-align={align} aria-sort={ariaSort[sorted]}>
      <UnstyledButton className={classes.sort} onClick={onSort} data-sorted={sorted !== 'none' || undefined}>
        {children}
        {sorted === 'asc' && <IconArrowUp size={14} aria-hidden />}
        {sorted === 'desc' && <IconArrowDown size={14} aria-hidden />}
      </UnstyledButton>
    </th>
  )
}
