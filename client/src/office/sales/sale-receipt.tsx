import type { SaleDetail } from '@evertill/shared/protocol/office/sales'
import type { ReactNode } from 'react'
import { countText, quantityText, rateText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import cards from '../parts/cards.module.css'
import { TextLink } from '../parts/links.tsx'
import { useMethodName } from '../parts/use-method-name.ts'
import { When } from '../parts/when.tsx'
import classes from './sale.module.css'

/** The sale, or what took one back, as it stands on its receipt. */
export function SaleReceipt({ sale }: { sale: SaleDetail }) {
  const methodName = useMethodName()
  return (
    <section className={cards.card} aria-label="Receipt">
      <dl className={classes.about}>
        <About label="When">
          <When at={sale.at} outletName={sale.outletName} />
        </About>
        <About label="Where">
          {sale.outletName} · {sale.tillName}
        </About>
        <About label="Cashier">{sale.staffName ?? 'Not known'}</About>
        <About label="Shift">
          {sale.shiftId === null ? (
            'None: it is in no Z report'
          ) : (
            <TextLink to="/shifts/$shiftId" params={{ shiftId: sale.shiftId }} inherit>
              Open the shift
            </TextLink>
          )}
        </About>
        <About label="Customer">{sale.customerName ?? 'None'}</About>
        {sale.buyer !== null && <BillTo sale={sale} buyer={sale.buyer} />}
      </dl>
      <table className={classes.lines}>
        <thead>
          <tr>
            <th scope="col">Item</th>
            <th scope="col">Quantity</th>
            <th scope="col" className={classes.wide}>
              Price
            </th>
            <th scope="col" className={classes.wide}>
              GST
            </th>
            <th scope="col">Amount</th>
          </tr>
        </thead>
        <tbody>
          {sale.lines.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines never move, and one product may be on several
            <tr key={i}>
              <td>
                <TextLink to="/products/$productId" params={{ productId: line.productId }} inherit>
                  {line.name}
                </TextLink>
                <span className={classes.sku}>
                  {line.sku}
                  {line.discount > 0 && (
                    <>
                      {' · '}
                      <Money amount={-line.discount} /> discount
                    </>
                  )}
                  {line.restock !== null && (line.restock ? ' · back on the shelf' : ' · written off')}
                </span>
              </td>
              <td>{quantityText(line.quantity)}</td>
              <td className={classes.wide}>
                <Money amount={line.unitPrice} />
              </td>
              <td className={classes.wide}>
                {line.taxCode} {rateText(line.ratePpm)}
              </td>
              <td>
                <Money amount={line.net} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className={classes.totals}>
        {sale.discount !== 0 && (
          <>
            <Row label="Items before discounts">
              <Money amount={sale.gross} />
            </Row>
            <Row label="Discounts">
              <Money amount={-sale.discount} />
            </Row>
          </>
        )}
        {sale.issued !== 0 && (
          <Row label="Gift cards and vouchers">
            <Money amount={sale.issued} />
          </Row>
        )}
        {sale.rounding !== 0 && (
          <Row label="Cash rounding">
            <Money amount={sale.rounding} />
          </Row>
        )}
        <Row label="Total" strong>
          <Money amount={sale.total} />
        </Row>
        <Row label="GST included">
          <Money amount={sale.tax} />
        </Row>
      </dl>
      <h2 className={classes.paid}>{sale.kind === 'sale' ? 'Paid with' : 'Paid back with'}</h2>
      <dl className={classes.totals}>
        {sale.tenders.map((tender, i) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: tenders never move, and one method may be used twice
            key={i}
            label={[methodName(tender.methodCode), tender.points, tender.reference]
              .filter((part) => part !== null)
              .join(' · ')}
          >
            <Money amount={tender.amount} />
          </Row>
        ))}
        {sale.change !== 0 && (
          <Row label="Change given">
            <Money amount={-sale.change} />
          </Row>
        )}
        {sale.customerName !== null && (
          <Row label={sale.kind === 'sale' ? 'Points earned' : 'Points taken back'}>
            {countText(sale.pointsEarned)}
          </Row>
        )}
      </dl>
    </section>
  )
}

/** Whom it is made out to; an address has several lines. */
function BillTo({ sale, buyer }: { sale: SaleDetail; buyer: NonNullable<SaleDetail['buyer']> }) {
  const { name, address, registrationNo, namedAt } = buyer
  return (
    <About label="Bill to">
      <span className={classes.billTo}>
        {[name, address, ...(registrationNo === undefined ? [] : [`UEN / GST no. ${registrationNo}`])].join(
          '\n',
        )}
      </span>
      {namedAt !== null && (
        <span className={classes.sku}>
          Named later, <When at={namedAt} outletName={sale.outletName} />
        </span>
      )}
    </About>
  )
}

const About = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

const Row = ({ label, strong, children }: { label: string; strong?: boolean; children: ReactNode }) => (
  <div data-strong={strong || undefined}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)
