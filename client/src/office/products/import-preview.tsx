import type { ImportReport } from '@evertill/shared/protocol/office/product-import'
import { quantityText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import classes from './import.module.css'

const ACTIONS = { create: 'New', update: 'Change', unchanged: 'As it is' } as const

/** The first rows as they will be stored. */
export function ImportPreview({ report }: { report: ImportReport }) {
  if (report.preview.length === 0) return null
  return (
    <section aria-label="Preview">
      <h2 className={classes.heading}>The first rows, as they will be stored</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label="Preview by line">
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col" data-align="end">
                Line
              </th>
              <th scope="col">What</th>
              <th scope="col">SKU</th>
              <th scope="col">Name</th>
              <th scope="col">Category</th>
              <th scope="col">Tax code</th>
              <th scope="col">Barcodes</th>
              <th scope="col" data-align="end">
                Stock
              </th>
              <th scope="col" data-align="end">
                Price
              </th>
            </tr>
          </thead>
          <tbody>
            {report.preview.map((row) => (
              <tr key={`${row.line} ${row.sku}`}>
                <td data-align="end">{row.line}</td>
                <td>{ACTIONS[row.action]}</td>
                <td>{row.sku}</td>
                <td>{row.name}</td>
                <td>{row.category}</td>
                <td>{row.taxCode}</td>
                <td>{row.barcodes.join(' ')}</td>
                <td data-align="end">{row.openingStock === null ? '' : quantityText(row.openingStock)}</td>
                <td data-align="end">
                  <Money amount={row.price} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
