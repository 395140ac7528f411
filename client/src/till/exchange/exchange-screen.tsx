import { EMPTY_CART } from '@evertill/shared/domain/cart'
import { useLiveQuery } from 'dexie-react-hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { later } from '../../app/later.tsx'
import { WithWhole } from '../../app/with-whole.tsx'
import { findCustomer } from '../../store/catalogue.ts'
import { findOriginal, type KnownSale } from '../../store/journal.ts'
import {
  dropOpenExchange,
  type OpenExchange,
  readMyExchange,
  readPaidExchange,
} from '../../store/open-exchange.ts'
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
import { GivenBack, PaidExchange } from './paid-exchange.tsx'
import type { AskedValue } from './pay-difference.tsx'
import { SettleSide } from './settle-side.tsx'
import { NOTHING_OPEN, type Side, useExchange } from './use-exchange.ts'

const CustomerDialog = later(async () => (await import('../cart/customer-dialog.tsx')).CustomerDialog)

/** Goods come back, of a sale or without a receipt, and others may go out: one payment of the difference. */
export function ExchangeScreen() {
  const { db, now, newId } = useServices()
  const { catalogue } = useFacts()
  const { staffId } = useStaff()
  const saleId = useSaleId()
  const [done, setDone] = useState<Done>()
  const [turn, setTurn] = useState(0)
  const read = useLiveQuery(async () => {
    const open = await readMyExchange(db, saleId === '' ? undefined : saleId, staffId, now())
    const paid = await readPaidExchange(db)
    return { open, paid, original: saleId === '' ? undefined : await findOriginal(db, saleId) }
  }, [db, saleId, staffId, now])
  const customerId = read?.original?.sale.customer?.customerId ?? ''
  const bought = useLiveQuery(
    () => findCustomer(db, customerId).then((customer) => ({ customerId, customer })),
    [db, customerId],
  )
  if (done !== undefined) return <ExchangeDone done={done} />
  if (read === undefined || bought?.customerId !== customerId) return null
  if (read.open === undefined && read.paid !== undefined) return <PaidFirst paid={read.paid} />
  if (saleId !== '' && read.original === undefined)
    return <NothingToExchange paid={read.paid} isOfThis={read.paid?.saleId === saleId} />
  // Who bought what comes back takes what goes out, as they are known now: their tier may be another than it was.
  const customer = bought.customer && cartCustomer(bought.customer, catalogue.tiers)
  const initial = read.open ?? {
    ...NOTHING_OPEN,
    preparedId: newId(),
    ...(saleId !== '' && { saleId }),
    cart: { ...EMPTY_CART, ...(customer && { customer }) },
  }
  return (
    <Prepared
      key={`${saleId} ${turn}`}
      initial={initial}
      original={read.original}
      onOutdated={() => setTurn(turn + 1)}
      onDone={setDone}
    />
  )
}

function NothingToExchange({ paid, isOfThis }: { paid: OpenExchange | undefined; isOfThis: boolean }) {
  const go = useGo()
  useShortcuts({ Escape: () => go('/receipts') })
  return paid === undefined ? <NoSuchReceipt /> : <PaidFirst paid={paid} isLost={isOfThis} />
}

/**
 * Another exchange has been begun to be paid: one that was begun here would take its place.
 * @param isLost whether it is this one, and the till does not know its sale any more: it cannot go on
 */
function PaidFirst({ paid, isLost = false }: { paid: OpenExchange; isLost?: boolean }) {
  const { t } = useTranslation()
  const go = useGo()
  useShortcuts({ Escape: () => go('/receipts') })
  return (
    <main className={classes.screen}>
      <div className={classes.title}>
        <BackButton onClick={() => go('/receipts')}>{t('Back to receipts')}</BackButton>
        <h1>{isLost ? t('This exchange cannot go on') : t('Another exchange is being paid')}</h1>
      </div>
      <div className={classes.goods}>
        <p className={classes.quiet}>
          {isLost
            ? t('This till does not know its sale any more. Give back what was taken.')
            : t('Finish it, or take its payments back, before another one is begun.')}
        </p>
        {!isLost && <PaidExchange paid={paid} />}
        <GivenBack paid={paid} />
      </div>
    </main>
  )
}

function Prepared({
  initial,
  original,
  onOutdated,
  onDone,
}: {
  initial: OpenExchange
  original: KnownSale | undefined
  onOutdated: () => void
  onDone: (done: Done) => void
}) {
  const { t } = useTranslation()
  const { db } = useServices()
  const go = useGo()
  const exchange = useExchange(initial, original, onOutdated)
  const [side, setSide] = useState<Side>(original === undefined ? 'back' : 'out')
  const [choosing, setChoosing] = useState(false)
  const [filming, setFilming] = useState(false)
  const [value, setValue] = useState<AskedValue>()
  const payNow = usePayNowCode()
  const recorder = useRecorder()
  const isPaying = payNow.asked !== undefined
  const isTaken = exchange.taken.length > 0
  const leave = () => {
    // Money on the counter waits for whoever goes on.
    if (!isTaken) void dropOpenExchange(db)
    go(original === undefined ? '/receipts' : `/receipts/${original.saleId}`)
  }
  const stepBack = () => {
    // It is being written down: whoever left now would not see what to give back.
    if (recorder.recording) return
    if (isPaying) payNow.stop()
    else if (filming) setFilming(false)
    else leave()
  }
  const isClosed = isPaying || isTaken || recorder.recording
  useShortcuts({ Escape: stepBack, F4: isClosed || exchange.pointsOf ? undefined : () => setChoosing(true) })
  const closed = isPaying
    ? t('The customer is paying. Stop that first to change the goods.')
    : isTaken
      ? t('Payments have been taken for this exchange. Take them back first to change the goods.')
      : recorder.recording
        ? t('This exchange is being recorded.')
        : undefined
  return (
    <main className={classes.screen}>
      <div className={classes.title}>
        <BackButton onClick={isPaying ? stepBack : () => !recorder.recording && leave()}>
          {t('Back to receipts')}
        </BackButton>
        <h1>
          {original === undefined ? (
            t('Return without a receipt')
          ) : (
            <WithWhole
              text={t('Exchange of {{receiptNo}}', { receiptNo: original.sale.receiptNo })}
              whole={original.sale.receiptNo}
            />
          )}
        </h1>
      </div>
      {/* What the customer is paying for stays as it is. */}
      <div className={classes.goods} inert={isClosed}>
        <FindGoods
          exchange={exchange}
          blind={original === undefined}
          side={side}
          onSide={setSide}
          closed={closed}
          filming={filming && !isClosed}
          onFilming={setFilming}
          onScan={() => {
            setChoosing(false)
            setValue(undefined)
          }}
          onValue={
            isPaying || recorder.recording || exchange.difference.due === 0
              ? undefined
              : (code) => setValue({ code })
          }
        />
        <BackSide exchange={exchange} original={original} />
        <OutSide exchange={exchange} onCustomer={() => setChoosing(true)} />
      </div>
      <SettleSide
        exchange={exchange}
        original={original}
        payNow={payNow}
        recorder={recorder}
        value={value}
        onValue={setValue}
        onDone={onDone}
      />
      <PayNowFeed />
      {choosing && <CustomerDialog onChoose={exchange.setCustomer} onClose={() => setChoosing(false)} />}
    </main>
  )
}
