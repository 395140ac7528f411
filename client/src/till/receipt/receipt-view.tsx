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
            <div key={text} className={classes.lines}>
              {text}
            </div>
          ) : (
            <div key={text} className={look === 'copy' ? classes.copy : undefined}>
              <strong>{text}</strong>
            </div>
          ),
        )}
      </header>
      <dl className={classes.facts}>
        {text.facts.map(({ label, value }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes
          <div key={i} className={classes.pair}>
            <dt className={classes.label}>{label}</dt>
            <dd className={classes.value}>{value}</dd>
          </div>
        ))}
      </dl>
      {text.buyer !== undefined && (
        <div className={classes.buyer}>
          <strong>{text.buyer.label}</strong>
          {text.buyer.lines.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes
            <div key={i}>{line}</div>
          ))}
        </div>
      )}
      <ul className={classes.items}>
        {text.items.map(({ name, rows }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes
          <li key={i}>
            <div className={classes.itemName}>{name}</div>
            {rows.map((row, n) =>
              typeof row === 'string' ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes
                <div key={n}>{row}</div>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes
                <div key={n} className={classes.pair}>
                  <div>{row.label}</div>
                  <div className={classes.amount}>{row.value}</div>
                </div>
              ),
            )}
          </li>
        ))}
      </ul>
      <Amounts rows={[...text.discounts, text.total, ...text.tenders]} total={text.total} />
      <Amounts rows={text.taxes} />
      {text.footer !== undefined && <footer className={classes.foot}>{text.footer}</footer>}
      <div className={classes.code}>
        <ReceiptCode text={text.code} label={text.codeLabel} size={CODE_PX} />
      </div>
      {text.values.map(({ name, code, words: spelled }) => (
        <div key={code} className={classes.code}>
          <div>
            <strong>{name}</strong>
          </div>
          <ReceiptCode text={code} label={words.t('QR code of {{text}}', { text: spelled })} size={CODE_PX} />
          <div>{spelled}</div>
        </div>
      ))}
    </article>
  )
}

function Amounts({ rows, total }: { rows: readonly ReceiptPair[]; total?: ReceiptPair }) {
  return (
    <dl className={classes.facts}>
      {rows.map((row, i) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes
          key={i}
          className={row === total ? `${classes.pair} ${classes.total}` : classes.pair}
        >
          <dt>{row.label}</dt>
          <dd className={classes.amount}>{row.value}</dd>
        </div>
      ))}
    </dl>
  )
}
