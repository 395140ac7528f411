import { useLiveQuery } from 'dexie-react-hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../app/error-state.tsx'
import { findOriginal, type KnownSale } from '../../store/journal.ts'
import { dropOpenExchange, type OpenExchange, readOpenExchange } from '../../store/open-exchange.ts'
import { BackButton } from '../frame/back-button.tsx'
import { useShortcuts } from '../frame/use-shortcuts.ts'
import { useGo, useSaleId } from '../go.ts'
import { usePayNowCode } from '../pay/use-paynow-code.ts'
import { useServices } from '../till-context.tsx'
import { BackSide } from './back-side.tsx'
import classes from './exchange.module.css'
import { type Done, ExchangeDone } from './exchange-done.tsx'
import { FindGoods } from './find-goods.tsx'
import { OutSide } from './out-side.tsx'
import { SettleSide } from './settle-side.tsx'
import { NOTHING_OPEN, type Side, useExchange } from './use-exchange.ts'

/** Goods come back, of a sale or without a receipt, and others may go out: one payment of the difference. */
export function ExchangeScreen() {
  const { t } = useTranslation()
  const { db } = useServices()
  const saleId = useSaleId()
  const [done, setDone] = useState<Done>()
  const read = useLiveQuery(async () => {
    const open = await readOpenExchange(db)
    // What was prepared for another sale is not of this one.
    const mine = open !== undefined && (open.saleId ?? '') === saleId ? open : undefined
    return { open: mine, original: saleId === '' ? undefined : await findOriginal(db, saleId) }
  }, [db, saleId])
  if (done !== undefined) return <ExchangeDone done={done} />
  if (read === undefined) return null
  if (saleId !== '' && read.original === undefined)
    return <ErrorState title={t('This till has no such receipt.')} />
  const initial = read.open ?? { ...NOTHING_OPEN, ...(saleId !== '' && { saleId }) }
  return <Prepared key={saleId} initial={initial} original={read.original} onDone={setDone} />
}

function Prepared({
  initial,
  original,
  onDone,
}: {
  initial: OpenExchange
  original: KnownSale | undefined
  onDone: (done: Done) => void
}) {
  const { t } = useTranslation()
  const { db } = useServices()
  const go = useGo()
  const exchange = useExchange(initial, original)
  const [side, setSide] = useState<Side>(original === undefined ? 'back' : 'out')
  const [filming, setFilming] = useState(false)
  const payNow = usePayNowCode()
  const isPaying = payNow.asked !== undefined
  const leave = () => {
    void dropOpenExchange(db)
    go(original === undefined ? '/receipts' : `/receipts/${original.saleId}`)
  }
  const stepBack = () => {
    if (isPaying) payNow.stop()
    else if (filming) setFilming(false)
    else leave()
  }
  useShortcuts({ Escape: stepBack })
  return (
    <main className={classes.screen}>
      <div className={classes.title}>
        <BackButton onClick={isPaying ? payNow.stop : leave}>{t('Back to receipts')}</BackButton>
        <h1>
          {original === undefined
            ? t('Return without a receipt')
            : t('Exchange of {{receiptNo}}', { receiptNo: original.sale.receiptNo })}
        </h1>
      </div>
      {/* What the customer is paying for stays as it is. */}
      <div className={classes.goods} inert={isPaying}>
        <FindGoods
          exchange={exchange}
          blind={original === undefined}
          side={side}
          onSide={setSide}
          closed={isPaying}
          filming={filming && !isPaying}
          onFilming={setFilming}
        />
        <BackSide exchange={exchange} original={original} />
        <OutSide exchange={exchange} />
      </div>
      <SettleSide exchange={exchange} original={original} payNow={payNow} onDone={onDone} />
    </main>
  )
}
