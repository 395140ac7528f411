import type { SaleSummary } from '@evertill/shared/protocol/office/sales'
import { countText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import { ExceptionMark } from '../parts/exception-mark.tsx'
import { KindMark } from '../parts/kind-mark.tsx'
import { TextLink } from '../parts/links.tsx'
import { MethodNames } from '../parts/method-names.tsx'
import { RowCard } from '../parts/row-card.tsx'
import { useRowMain } from '../parts/row-main.tsx'
import { columnsFor } from '../parts/table-parts.ts'
import { When } from '../parts/when.tsx'
import classes from './sale.module.css'

const column = columnsFor<SaleSummary>()

export const saleColumns = column.columns([
  column.accessor('receiptNo', {
    header: 'Receipt',
    cell: ({ row }) => (
      <>
        <SaleLink sale={row.original} /> <ExceptionMark count={row.original.exceptions} />
      </>
    ),
    meta: { width: '144px' },
  }),
  column.accessor('kind', {
    header: 'Kind',
    cell: ({ row }) => (row.original.kind === 'sale' ? 'Sale' : <KindMark kind={row.original.kind} />),
    meta: { width: '88px' },
  }),
  column.accessor('at', {
    header: 'When',
    cell: ({ row }) => <When at={row.original.at} outletName={row.original.outletName} />,
    meta: { width: '148px' },
  }),
  // What is cut on a narrow screen is the outlet: its letters begin the receipt's number.
  column.accessor((sale) => `${sale.tillName} · ${sale.outletName}`, { id: 'where', header: 'Where' }),
  column.accessor((sale) => sale.staffName ?? 'Not known', {
    id: 'staff',
    header: 'Cashier',
    meta: { width: '136px' },
  }),
  column.accessor((sale) => sale.customerName ?? '', {
    id: 'customer',
    header: 'Customer',
    meta: { width: '96px' },
  }),
  column.accessor((sale) => sale.tenderCodes.join(' + '), {
    id: 'tenders',
    header: 'Paid by',
    cell: ({ row }) => (
      <span className={classes.methods}>
        <MethodNames codes={row.original.tenderCodes} />
      </span>
    ),
    // As wide as the longest of our own names; a second one stands under it.
    meta: { width: '128px' },
  }),
  column.accessor('items', {
    header: 'Items',
    cell: ({ row }) => countText(row.original.items),
    meta: { align: 'end', width: '56px' },
  }),
  column.accessor('total', {
    header: 'Total',
    cell: ({ row }) => <Money amount={row.original.total} />,
    meta: { align: 'end', width: '92px' },
  }),
])

function SaleLink({ sale }: { sale: SaleSummary }) {
  const main = useRowMain()
  return (
    <TextLink to="/sales/$saleId" params={{ saleId: sale.saleId }} inherit {...main}>
      {sale.receiptNo}
    </TextLink>
  )
}

export function SaleCard({ sale }: { sale: SaleSummary }) {
  return (
    <RowCard
      link={{ to: '/sales/$saleId', params: { saleId: sale.saleId } }}
      title={
        <>
          {sale.receiptNo} <KindMark kind={sale.kind} /> <ExceptionMark count={sale.exceptions} />
        </>
      }
      quiet={
        <>
          <When at={sale.at} outletName={sale.outletName} /> · {sale.tillName} ·{' '}
          <MethodNames codes={sale.tenderCodes} />
        </>
      }
      end={<Money amount={sale.total} />}
    />
  )
}
