import { Skeleton } from '@mantine/core'
import classes from './data-table.module.css'

const ROWS = Array.from({ length: 14 }, (_, row) => `row ${row}`)

/** The room a table will take. */
export function TableSkeleton() {
  return (
    <div className={classes.scroller} aria-busy="true">
      {ROWS.map((row) => (
        <div key={row} className={classes.skeletonRow}>
          <Skeleton height={14} width="22%" />
          <Skeleton height={14} width="38%" />
          <Skeleton height={14} width="12%" />
        </div>
      ))}
    </div>
  )
}
