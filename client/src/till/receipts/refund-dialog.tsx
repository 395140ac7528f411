import { minor, type Thousandths, thousandths } from '@evertill/shared/domain/money'
import { completeRefund, type OriginalSale } from '@evertill/shared/domain/refund'
import { leftOf, owed, returnedBefore, shareOfNow } from '@evertill/shared/domain/refund-share'
import { newValueCode } from '@evertill/shared/domain/stored-value'
import { isMoney, type WayBack, waysBack } from '@evertill/shared/domain/way-back'
import type { EntryOf } from '@evertill/shared/protocol/entry'
import { Button, Modal } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMoneyText } from '../../app/money.tsx'
import { WithWhole } from '../../app/with-whole.tsx'
import { refuseScan, useWedgeScanner } from '../../devices/use-wedge-scanner.ts'
import { recordRefund } from '../../store/record-refund.ts'
import { useApproval } from '../approval/use-approval.tsx'
import { WayChoice } from '../exchange/way-choice.tsx'
import { ReasonField } from '../recording/reason-field.tsx'
import { useRecordWords } from '../recording/record-words.ts'
import forms from '../recording/recording.module.css'
import { useRecorder } from '../recording/use-recorder.ts'
import { useFacts, useServices } from '../till-context.tsx'
import { AskedNote } from './asked-note.tsx'
import { nextBack, useScannedProduct } from './next-back.ts'
import classes from './refund.module.css'
import { RefundLine } from './refund-line.tsx'
import { TenderWords } from './tender-words.tsx'
import type { Asked } from './use-asked.ts'

interface Picked {
  readonly quantity: Thousandths
  /** As it was chosen; else the reason tells. */
  readonly restock?: boolean
}
const NOTHING: Picked = { quantity: thousandths(0) }

/** What comes back of a sale, how it goes back to the customer, and why. */
export function RefundDialog({
  original,
  asked,
  onClose,
  onRefunded,
}: {
  original: OriginalSale
  asked: Asked
  onClose: () => void
  onRefunded: (entry: EntryOf<'refund'>) => void
}) {
  const { t } = useTranslation()
  const { db, newId } = useServices()
  const scannedProduct = useScannedProduct()
  const { catalogue } = useFacts()
  const money = useMoneyText()
  const wordsFor = useRecordWords()
  const { record, recording, refusal } = useRecorder()
  const { withApproval, dialog } = useApproval('sale.refund')
  const [picked, setPicked] = useState<ReadonlyMap<number, Picked>>(new Map())
  // Two scans in one breath both count, though the dialog was drawn once.
  const latest = useRef(picked)
  // Goods that paid for it do not come out again: what an exchange paid goes back in cash or as credit.
  const byExchange = original.sale.exchange !== undefined
  const [way, setWay] = useState(byExchange && !waysBack(original).some(isMoney) ? 'cash' : 'as-paid')
  // The same code however often the dialog is drawn: it may have been read out already.
  const [creditCode] = useState(() => newValueCode(newId()))
  const [reason, setReason] = useState('')

  const returned = returnedBefore(original)
  // What is damaged is not for sale again, unless somebody says so.
  const isSellable = reason !== t('Damaged')
  const picks = [...picked].map(([lineNo, one]) => ({ restock: isSellable, ...one, lineNo }))
  const leftLines = original.sale.lines.map((line, i) => {
    const before = returned.get(i + 1) ?? thousandths(0)
    const left = leftOf(line, before)
    return { left, worth: owed([shareOfNow({ ...line, returned: before }, left)], original.sale.rules) }
  })
  const pick = (next: ReadonlyMap<number, Picked>) => {
    latest.current = next
    setPicked(next)
  }
  const pickScanned = async (code: string) => {
    const product = await scannedProduct(code)
    const pickedOf = (lineNo: number) => latest.current.get(lineNo) ?? NOTHING
    const next = product && nextBack(original, product.productId, (lineNo) => pickedOf(lineNo).quantity)
    if (!next) return refuseScan(code, t('This receipt has no more of it that could come back.'))
    const { lineNo, quantity } = next
    pick(new Map(latest.current).set(lineNo, { ...pickedOf(lineNo), quantity }))
  }
  useWedgeScanner((code) => {
    if (dialog === undefined && !recording) void pickScanned(code)
    else refuseScan(code)
  })
  const allOfIt = () =>
    pick(
      new Map(leftLines.map(({ left }, i) => [i + 1, { ...(picked.get(i + 1) ?? NOTHING), quantity: left }])),
    )
  const cash = catalogue.paymentMethods.find((method) => method.kind === 'cash')
  const credit = catalogue.paymentMethods.find((method) => method.kind === 'store-credit')
  const asPaid = waysBack(original)
  // Points and codes go back as they came: nobody turns them into money.
  const others: Record<string, WayBack | undefined> = {
    cash: cash && { methodCode: cash.code, kind: 'cash' },
    credit: credit && { methodCode: credit.code, kind: 'store-credit', code: creditCode },
  }
  const other = others[way]
  const ways = other === undefined ? asPaid : [...asPaid.filter((paid) => !isMoney(paid)), other]
  const preview = completeRefund(original, picks, ways, { receiptNo: '', reason: '' })
  const partly = asPaid.some((paid) => !isMoney(paid))
  const inMethod = (name: string, alone: string) =>
    partly ? t('Money in {{method}}, the rest as paid', { method: name }) : alone
  const offered = [
    ...(asPaid.length > 0 ? [{ value: 'as-paid', label: t('As it was paid') }] : []),
    ...(cash !== undefined && (byExchange || asPaid.some((paid) => isMoney(paid) && paid.kind !== 'cash'))
      ? [{ value: 'cash', label: inMethod(cash.name, t('All in {{method}}', { method: cash.name })) }]
      : []),
    ...(credit !== undefined ? [{ value: 'credit', label: inMethod(credit.name, credit.name) }] : []),
  ]
  const total = 'code' in preview ? undefined : preview.total
  const problem = 'code' in preview && preview.code !== 'nothing-picked' ? wordsFor(preview) : refusal

  const refund = () => {
    if (total === undefined) return
    const { saleId } = original
    withApproval(
      (approval) =>
        record(
          (input) =>
            recordRefund(db, {
              ...input,
              saleId,
              picks,
              ways,
              reason: reason.trim(),
              expectedTotal: total,
              ...(approval && { approval }),
            }),
          ({ entry }) => onRefunded(entry),
        ),
      `${t('Refund {{amount}}', { amount: money(total) })} · ${reason.trim()}`,
    )
  }

  return (
    <>
      <Modal
        opened
        onClose={onClose}
        size={560}
        classNames={{ content: classes.scrolls }}
        title={
          <WithWhole
            text={t('Refund of {{receiptNo}}', { receiptNo: original.sale.receiptNo })}
            whole={original.sale.receiptNo}
          />
        }
        closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
      >
        <div className={forms.form}>
          <ul className={classes.lines} aria-label={t('What comes back')}>
            {original.sale.lines.map((line, i) => {
              const lineNo = i + 1
              const one = picked.get(lineNo) ?? NOTHING
              const { left, worth } = leftLines[i] ?? { left: thousandths(0), worth: minor(0) }
              return (
                <RefundLine
                  key={lineNo}
                  line={line}
                  left={left}
                  worth={worth}
                  quantity={one.quantity}
                  restock={one.restock ?? isSellable}
                  onChange={(next) => pick(new Map(picked).set(lineNo, { ...one, ...next }))}
                />
              )
            })}
          </ul>
          {original.sale.lines.length > 1 && (
            <Button variant="default" h={48} onClick={allOfIt}>
              {t('All of it comes back')}
            </Button>
          )}
          <ReasonField
            value={reason}
            onChange={setReason}
            usual={[t('Damaged'), t('Wrong item'), t('Changed their mind')]}
          />
          {(asPaid.some(isMoney) || byExchange) && (cash !== undefined || credit !== undefined) && (
            <WayChoice label={t('Pay back')} value={way} onChange={setWay} ways={offered} />
          )}
          <AskedNote asked={asked} />
          <div className={classes.foot}>
            <p className={classes.goesBack} data-chosen={total !== undefined} role="status">
              {'code' in preview ? t('Nothing is chosen yet.') : <TenderWords tenders={preview.tenders} />}
            </p>
            <p className={forms.refusal} role="alert">
              {problem}
            </p>
            <Button
              h={56}
              fz={18}
              loading={recording}
              disabled={asked === 'asking' || total === undefined || reason.trim() === ''}
              onClick={refund}
            >
              {total === undefined
                ? t('Refund')
                : reason.trim() === ''
                  ? t('Say why to refund {{amount}}', { amount: money(total) })
                  : t('Refund {{amount}}', { amount: money(total) })}
            </Button>
          </div>
        </div>
      </Modal>
      {dialog}
    </>
  )
}
