import { EMPTY_CART } from '@evertill/shared/domain/cart'
import { useLiveQuery } from 'dexie-react-hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { later } from '../../app/later.tsx'
import { findCustomer } from '../../store/catalogue.ts'
import { findOriginal, type KnownSale } from '../../store/journal.ts'
import { dropOpenExchange, type OpenExchange, readMyExchange } from '../../store/open-exchange.ts'
import { cartCustomer } from '../cart/cart-customer.ts'
import { PayNowFeed } from '../customer-screen/customer-feed.tsx'
import { BackButton } from '../frame/back-button.tsx'
import { useShortcuts } from '../frame/use-shortcuts.ts'
import { useGo, useSaleId } from '../go.ts'
import { usePayNowCode } from '../pay/use-paynow-code.ts'
import { NoSuchReceipt } from '../receipts/no-such-receipt.tsx'
import { useRecorder } from '../recording/use-recorder.ts'
import { useFacts, useServices, useStaff } from '../till-context.tsx'
import { BackSide } from './back-side.tsx'
import classes from './exchange.module.css'
import { type Done, ExchangeDone } from './exchange-done.tsx'
import { FindGoods } from './find-goods.tsx'
import { OutSide } from './out-side.tsx'
import { SettleSide } from './settle-side.tsx'
import { NOTHING_OPEN, type Side, useExchange } from './use-exchange.ts'

const CustomerDialog = later(async () => (await import('../cart/customer-dialog.tsx')).CustomerDialog)

/** Goods come back, of a sale or without a receipt, and others may go out: one payment of the difference. */
export function ExchangeScreen() {
  const { db, now } = useServices()
  const { catalogue } = useFacts()
  const { staffId } = useStaff()
  const saleId = useSaleId()
  const [done, setDone] = useState<Done>()
  const read = useLiveQuery(async () => {
    const open = await readMyExchange(db, saleId === '' ? undefined : saleId, staffId, now())
    return { open, original: saleId === '' ? undefined : await findOriginal(db, saleId) }
  }, [db, saleId, staffId, now])
  const customerId = read?.original?.sale.customer?.customerId ?? ''
  const bought = useLiveQuery(
    () => findCustomer(db, customerId).then((customer) => ({ customerId, customer })),
    [db, customerId],
  )
  if (done !== undefined) return <ExchangeDone done={done} />
  if (read === undefined || bought?.customerId !== customerId) return null
  if (saleId !== '' && read.original === undefined) return <NothingToExchange />
  // Who bought what comes back takes what goes out, as they are known now: their tier may be another than it was.
  const customer = bought.customer && cartCustomer(bought.customer, catalogue.tiers)
  const initial = read.open ?? {
    ...NOTHING_OPEN,
    ...(saleId !== '' && { saleId }),
    cart: { ...EMPTY_CART, ...(customer && { customer }) },
  }
  return <Prepared key={saleId} initial={initial} original={read.original} onDone={setDone} />
}

function NothingToExchange() {
  const go = useGo()
  useShortcuts({ Escape: () => go('/receipts') })
  return <NoSuchReceipt />
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
  const [choosing, setChoosing] = useState(false)
  const [filming, setFilming] = useState(false)
  const payNow = usePayNowCode()
  const recorder = useRecorder()
  const isPaying = payNow.asked !== undefined
  const leave = () => {
    void dropOpenExchange(db)
    go(original === undefined ? '/receipts' : `/receipts/${original.saleId}`)
  }
  const stepBack = () => {
    // It is being written down: whoever left now would not see what to give back.
    if (recorder.recording) return
    if (isPaying) payNow.stop()
    else if (filming) setFilming(false)
    else leave()
  }
  useShortcuts({ Escape: stepBack, F4: isPaying || exchange.pointsOf ? undefined : () => setChoosing(true) })
  return (
    <main className={classes.screen}>
      <div className={classes.title}>
        <BackButton onClick={isPaying ? stepBack : () => !recorder.recording && leave()}>
          {t('Back to receipts')}
        </BackButton>
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
          onScan={() => setChoosing(false)}
        />
        <BackSide exchange={exchange} original={original} />
        <OutSide exchange={exchange} onCustomer={() => setChoosing(true)} />
      </div>
      <SettleSide
        exchange={exchange}
        original={original}
        payNow={payNow}
        recorder={recorder}
        onDone={onDone}
      />
      <PayNowFeed />
      {choosing && <CustomerDialog onChoose={exchange.setCustomer} onClose={() => setChoosing(false)} />}
    </main>
  )
}
