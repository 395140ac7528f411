import {
  createColumnHelper,
  createSortedRowModel,
  metaHelper,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_text,
  tableFeatures,
} from '@tanstack/react-table'

export interface ColumnMeta {
  /** Numbers stand on the right, in tabular figures. */
  readonly align?: 'end'
  /** A CSS width; what is left goes to the columns without one. */
  readonly width?: string
}

export const tableParts = tableFeatures({
  columnMeta: metaHelper<ColumnMeta>(),
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, text: sortFn_text },
})
export const columnsFor = <Row extends object>() => createColumnHelper<typeof tableParts, Row>()
