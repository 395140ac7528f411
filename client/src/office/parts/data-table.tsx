import { useMediaQuery } from '@mantine/hooks'
import { type ColumnDef, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react'
import classes from './data-table.module.css'
import { RowContext } from './row-main.tsx'
import { SortableHeader } from './sortable-header.tsx'
import { tableParts } from './table-parts.ts'
import { useRowKeys } from './use-row-keys.ts'

export interface DataTableProps<Row extends object> {
  /** What the table is a table of, for those who cannot see the heading. */
  readonly label: string
  // biome-ignore lint/suspicious/noExplicitAny: the library itself widens columns of mixed value types to any.
  readonly columns: readonly ColumnDef<typeof tableParts, Row, any>[]
  readonly rows: readonly Row[]
  readonly rowId: (row: Row) => string
  /** How a row looks on a phone. */
  readonly compact: (row: Row) => ReactNode
  /** Only where all rows are here: sorting a part of a list would mislead. */
  readonly sortable?: boolean
  /** Called when the last rows come into view. */
  readonly onEnd?: () => void
  readonly footer?: ReactNode
}

const NARROW = '(max-width: 48em)'
const ROW_HEIGHT = 41
const COMPACT_HEIGHT = 68

/** A long list as a table with a sticky header, of which only the rows in view exist; rows move by arrow keys. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { rows, rowId, onEnd } = props
  const narrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false })
  const scroller = useRef<HTMLDivElement>(null)
  const table = useTable({
    features: tableParts,
    columns: [...props.columns],
    data: rows,
    getRowId: rowId,
    enableSorting: props.sortable ?? false,
  })
  const tableRows = table.getRowModel().rows
  const virtual = useVirtualizer({
    count: tableRows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? COMPACT_HEIGHT : ROW_HEIGHT),
    getItemKey: (index) => tableRows[index]?.id ?? index,
    overscan: 12,
    // The header covers the top of the list.
    scrollPaddingStart: narrow ? 0 : ROW_HEIGHT,
  })
  const items = virtual.getVirtualItems()
  const lastInView = items.at(-1)?.index ?? 0

  useEffect(() => {
    if (tableRows.length > 0 && lastInView >= tableRows.length - 10) onEnd?.()
  }, [lastInView, tableRows.length, onEnd])

  const { activeRow, setActiveRow, onKeyDown } = useRowKeys({
    scroller,
    rowCount: tableRows.length,
    firstRowId: tableRows[0]?.id,
    rowHeight: narrow ? COMPACT_HEIGHT : ROW_HEIGHT,
    scrollToRow: (index) => virtual.scrollToIndex(index),
  })

  const rowProps = (index: number) => ({
    'data-row': index,
    'data-index': index,
    onClick: openRow,
    onFocus: () => setActiveRow(index),
  })
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)

  if (narrow) {
    return (
      <div className={classes.scroller} ref={scroller}>
        <ul className={classes.list} aria-label={props.label} onKeyDown={onKeyDown}>
          <li aria-hidden style={{ height: before }} />
          {items.map((item) => {
            const row = tableRows[item.index]
            return (
              row && (
                <RowContext key={row.id} value={{ active: item.index === activeRow }}>
                  <li className={classes.card} ref={virtual.measureElement} {...rowProps(item.index)}>
                    {props.compact(row.original)}
                  </li>
                </RowContext>
              )
            )
          })}
          <li aria-hidden style={{ height: after }} />
        </ul>
        {props.footer !== undefined && <div className={classes.footer}>{props.footer}</div>}
      </div>
    )
  }

  return (
    <div className={classes.scroller} ref={scroller}>
      <table className={classes.table} aria-label={props.label} aria-rowcount={tableRows.length + 1}>
        <colgroup>
          {table.getAllLeafColumns().map((column) => (
            <col key={column.id} style={{ width: column.columnDef.meta?.width }} />
          ))}
        </colgroup>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} aria-rowindex={1}>
              {group.headers.map((header) => (
                <SortableHeader
                  key={header.id}
                  align={header.column.columnDef.meta?.align}
                  sorted={header.column.getCanSort() ? header.column.getIsSorted() || 'none' : undefined}
                  onSort={() => header.column.toggleSorting()}
                >
                  <table.FlexRender header={header} />
                </SortableHeader>
              ))}
            </tr>
          ))}
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {before > 0 && <tr aria-hidden style={{ height: before }} />}
          {items.map((item) => {
            const row = tableRows[item.index]
            return (
              row && (
                <RowContext key={row.id} value={{ active: item.index === activeRow }}>
                  <tr
                    className={classes.row}
                    aria-rowindex={item.index + 2}
                    ref={virtual.measureElement}
                    {...rowProps(item.index)}
                  >
                    {row.getAllCells().map((cell) => (
                      <td
                        key={cell.id}
                        data-align={cell.column.columnDef.meta?.align}
                        title={titleOf(cell.getValue())}
                      >
                        <table.FlexRender cell={cell} />
                      </td>
                    ))}
                  </tr>
                </RowContext>
              )
            )
          })}
          {after > 0 && <tr aria-hidden style={{ height: after }} />}
        </tbody>
      </table>
      {props.footer !== undefined && <div className={classes.footer}>{props.footer}</div>}
    </div>
  )
}

/** What does not fit its column is told on hover. */
const titleOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** A click anywhere on a row opens it, unless it was meant for something else or selects text. */
function openRow(event: MouseEvent<HTMLElement>) {
  if (!(event.target instanceof Element) || event.target.closest('a, button, input, [role=menuitem]')) return
  if (window.getSelection()?.isCollapsed === false) return
  event.currentTarget.querySelector<HTMLElement>('[data-row-main]')?.click()
}
