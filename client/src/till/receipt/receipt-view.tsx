import { useTranslation } from 'react-i18next'
import { dateTimeText, moneyText, quantityText, rateText } from '../../app/format.ts'
import { usePaperMm } from './paper-width.tsx'
import classes from './receipt.module.css'
import { ReceiptCode } from './receipt-code.tsx'
import type { NamedReceipt } from './use-receipt-of.ts'

/** 25 mm on paper. */
const CODE_PX = 96

/** The one renderer of a receipt: the same on screen and on paper of either width. */
export function ReceiptView({ receipt, copy }: { receipt: NamedReceipt; copy: boolean }) {
  const { t } = useTranslation()
  const [paperMm] = usePaperMm()
  const { context, currency } = receipt
  // No currency sign per line: paper is narrow, and the total names it.
  const plain = (amount: number) => moneyText(amount, currency).replace(/[^\d.,−]/gu, '')
  const money = (amount: number) => moneyText(amount, currency)
  const { back } = receipt
  const registered = context.gstRegistrationNo !== undefined
  const title = back
    ? registered
      ? t('Credit note')
      : back.kind === 'void'
        ? t('Void')
        : t('Refund')
    : registered
      ? t('Tax invoice')
      : t('Receipt')
  return (
    <article
      className={classes.receipt}
      data-paper={paperMm}
      aria-label={t('Receipt {{receiptNo}}', { receiptNo: receipt.receiptNo })}
    >
      <header className={classes.head}>
        <strong>{context.companyName}</strong>
        <span>{context.outletName}</span>
        {context.address !== undefined && <span className={classes.lines}>{context.address}</span>}
        {context.gstRegistrationNo !== undefined && (
          <span>{t('GST Reg. No. {{number}}', { number: context.gstRegistrationNo })}</span>
        )}
        <strong>{title}</strong>
        {copy && <strong className={classes.copy}>{t('COPY')}</strong>}
      </header>
      <dl className={classes.facts}>
        <Row label={t('Receipt')} value={receipt.receiptNo} />
        {back?.originalReceiptNo !== undefined && (
          <Row label={back.kind === 'void' ? t('Void of') : t('Refund of')} value={back.originalReceiptNo} />
        )}
        {back !== undefined && <Row label={t('Reason')} value={back.reason} />}
        <Row label={t('Date')} value={dateTimeText(new Date(context.at), context.timeZone)} />
        <Row label={context.tillName} value={context.cashierName} />
        {receipt.customerName !== undefined && <Row label={t('Customer')} value={receipt.customerName} />}
      </dl>
      <ul className={classes.items}>
        {receipt.lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes
          <li key={i}>
            <span className={classes.itemName}>{line.name}</span>
            <Pair
              label={`${quantityText(line.quantity)} × ${plain(line.unitPrice)}`}
              value={plain(line.gross)}
            />
            {line.listPrice !== undefined && (
              <span>{t('Price was {{price}}', { price: plain(line.listPrice) })}</span>
            )}
            {line.note !== undefined && <span>{line.note}</span>}
            {line.promotions?.map(({ name, amount }, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes
              <Pair key={n} label={name} value={plain(-amount)} />
            ))}
            {line.discount > 0 && <Pair label={t('Discount')} value={plain(-line.discount)} />}
          </li>
        ))}
      </ul>
      <dl className={classes.facts}>
        {receipt.billDiscount > 0 && (
          <Row label={t('Discount on the bill')} value={plain(-receipt.billDiscount)} />
        )}
        {!receipt.taxInclusive && <Row label={t('GST')} value={plain(receipt.tax)} />}
        {receipt.rounding !== 0 && <Row label={t('Rounding')} value={plain(receipt.rounding)} />}
        <Row
          className={classes.total}
          label={back ? t('Paid back') : t('Total')}
          value={money(receipt.total)}
        />
        {receipt.tenders.map((tender, i) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes
            key={i}
            label={
              tender.reference === undefined ? tender.methodName : `${tender.methodName} ${tender.reference}`
            }
            value={plain(tender.amount)}
          />
        ))}
        {back === undefined && <Row label={t('Change')} value={plain(receipt.change)} />}
      </dl>
      <dl className={classes.facts}>
        {receipt.taxRows.map((row) => (
          <Row
            key={`${row.taxCode} ${row.ratePpm}`}
            label={t('{{taxCode}} {{rate}} on {{taxable}}', {
              taxCode: row.taxCode,
              rate: rateText(row.ratePpm),
              taxable: plain(row.taxable),
            })}
            value={plain(row.tax)}
          />
        ))}
        {receipt.taxInclusive && <Row label={t('GST included')} value={plain(receipt.tax)} />}
        {receipt.pointsEarned < 0 && (
          <Row label={t('Points taken back')} value={String(-receipt.pointsEarned)} />
        )}
        {receipt.pointsEarned > 0 && <Row label={t('Points earned')} value={String(receipt.pointsEarned)} />}
      </dl>
      {context.footer !== undefined && <footer className={classes.foot}>{context.footer}</footer>}
      <div className={classes.code}>
        <ReceiptCode
          text={receipt.receiptNo}
          label={t('QR code of receipt {{receiptNo}}', { receiptNo: receipt.receiptNo })}
          size={CODE_PX}
        />
      </div>
    </article>
  )
}

function Row({ label, value, className }: { label: string; value: string; className?: string | undefined }) {
  return (
    <div className={className === undefined ? classes.pair : `${classes.pair} ${className}`}>
      <dt>{label}</dt>
      <dd className={classes.value}>{value}</dd>
    </div>
  )
}

/** As `Row`, inside a list item. */
function Pair({ label, value }: { label: string; value: string }) {
  return (
    <span className={classes.pair}>
      <span>{label}</span>
      <span className={classes.value}>{value}</span>
    </span>
  )
}
