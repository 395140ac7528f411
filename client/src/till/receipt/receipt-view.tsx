import type { NamedReceipt } from '@evertill/shared/receipt/named-receipt'
import { type ReceiptPair, receiptText } from '@evertill/shared/receipt/receipt-text'
import { localeOf } from '../../app/locale.ts'
import { PAPERS, usePaperMm } from './paper-mm.ts'
import classes from './receipt.module.css'
import { ReceiptCode } from './receipt-code.tsx'
import { usePaperWords } from './use-paper-words.ts'

/** 25 mm on paper. */
const CODE_PX = 96
/** Of the printers of receipts. */
const DOTS_PER_MM = 8

/** A receipt on screen, and on paper of either width through the browser's print dialog. */
export function ReceiptView({ receipt, copy }: { receipt: NamedReceipt; copy: boolean }) {
  const [paperMm] = usePaperMm()
  const words = usePaperWords()
  const text = receiptText(receipt, copy, words)
  return (
    <article
      className={classes.receipt}
      data-paper={paperMm}
      aria-label={text.title}
      lang={localeOf(words.language)}
    >
      <header className={classes.head}>
        {text.logo !== undefined && (
          <img
            className={classes.logo}
            src={text.logo.picture}
            alt=""
            width={text.logo.width}
            height={text.logo.height}
            style={{ width: `${(100 * text.logo.width) / (PAPERS[paperMm].printableMm * DOTS_PER_MM)}%` }}
          />
        )}
        {text.head.map(({ text, look }) =>
          look === 'plain' ? (
            <span key={text} className={classes.lines}>
              {text}
            </span>
          ) : (
            <strong key={text} className={look === 'copy' ? classes.copy : undefined}>
              {text}
            </strong>
          ),
        )}
      </header>
      <Rows rows={text.facts} />
      <ul className={classes.items}>
        {text.items.map(({ name, rows }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes
          <li key={i}>
            <span className={classes.itemName}>{name}</span>
            {rows.map((row, n) =>
              typeof row === 'string' ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes
                <span key={n}>{row}</span>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes
                <span key={n} className={classes.pair}>
                  <span>{row.label}</span>
                  <span className={classes.value}>{row.value}</span>
                </span>
              ),
            )}
          </li>
        ))}
      </ul>
      <Rows rows={[...text.discounts, text.total, ...text.tenders]} total={text.total} />
      <Rows rows={text.taxes} />
      {text.footer !== undefined && <footer className={classes.foot}>{text.footer}</footer>}
      <div className={classes.code}>
        <ReceiptCode text={text.code} label={text.codeLabel} size={CODE_PX} />
      </div>
      {text.values.map(({ name, code, words: spelled }) => (
        <div key={code} className={classes.code}>
          <strong>{name}</strong>
          <ReceiptCode text={code} label={words.t('QR code of {{text}}', { text: spelled })} size={CODE_PX} />
          <span>{spelled}</span>
        </div>
      ))}
    </article>
  )
}

function Rows({ rows, total }: { rows: readonly ReceiptPair[]; total?: ReceiptPair }) {
  return (
    <dl className={classes.facts}>
      {rows.map((row, i) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes
          key={i}
          className={row === total ? `${classes.pair} ${classes.total}` : classes.pair}
        >
          <dt>{row.label}</dt>
          <dd className={classes.value}>{row.value}</dd>
        </div>
      ))}
    </dl>
  )
}
