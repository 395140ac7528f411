import type { SaleDetail } from '@evertill/shared/protocol/office/sales'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Money } from '../../app/money.tsx'
import cards from '../parts/cards.module.css'
import { KindMark } from '../parts/kind-mark.tsx'
import { TextLink } from '../parts/links.tsx'
import marks from '../parts/marks.module.css'
import { When } from '../parts/when.tsx'
import classes from './sale.module.css'

/** From a refund to its sale, and from a sale to its refunds. */
export function TakenBack({ sale }: { sale: SaleDetail }) {
  if (sale.kind !== 'sale') return <Original sale={sale} />
  if (sale.takenBack.length === 0) return null
  const left = sale.takenBack.reduce((sum, row) => sum + row.total, sale.total)
  return (
    <section className={cards.card} aria-label="Taken back">
      <h2 className={cards.title}>Taken back</h2>
      <table className={classes.lines}>
        <tbody>
          {sale.takenBack.map((row) => (
            <tr key={row.saleId}>
              <td>
                <TextLink to="/sales/$saleId" params={{ saleId: row.saleId }} inherit>
                  {row.receiptNo}
                </TextLink>{' '}
                <KindMark kind={row.kind} />
                <span className={classes.sku}>
                  <When at={row.at} outletName={sale.outletName} />
                </span>
              </td>
              <td>
                <Money amount={row.total} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.left}>
        {left < 0 ? (
          <span className={marks.bad}>
            <IconAlertTriangle size={16} aria-hidden /> <Money amount={-left} /> more came back than was paid.
          </span>
        ) : (
          <>
            <Money amount={left} /> is left of this sale.
          </>
        )}
      </p>
    </section>
  )
}

function Original({ sale }: { sale: SaleDetail }) {
  return (
    <section className={cards.card} aria-label="What it takes back">
      <h2 className={cards.title}>
        {sale.kind === 'void' ? 'A sale that was voided' : 'A refund of'}{' '}
        {sale.originalSaleId !== null && sale.originalReceiptNo !== null && (
          <TextLink to="/sales/$saleId" params={{ saleId: sale.originalSaleId }} inherit underline="always">
            {sale.originalReceiptNo}
          </TextLink>
        )}
        {sale.originalSaleId === null && 'goods without a receipt'}
        {sale.originalSaleId !== null &&
          sale.originalReceiptNo === null &&
          'a sale that has not arrived here yet'}
      </h2>
      <p className={classes.left}>
        {sale.reason === null ? 'No reason was given.' : <>Reason: {sale.reason}</>}
      </p>
    </section>
  )
}
