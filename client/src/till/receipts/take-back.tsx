import { businessDate } from '@evertill/shared/domain/business-day'
import { leftOf, returnedBefore } from '@evertill/shared/domain/refund-share'
import type { EntryOf } from '@evertill/shared/protocol/entry'
import { Button } from '@mantine/core'
import { IconArrowBackUp, IconArrowsExchange, IconBan } from '@tabler/icons-react'
import { useLiveQuery } from 'dexie-react-hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Money } from '../../app/money.tsx'
import { findOriginal, findPaper, refundsOf } from '../../store/journal.ts'
import { isOlder } from '../../store/record-refund.ts'
import { timeAt } from '../../store/till-clock.ts'
import { useGo } from '../go.ts'
import { useReceiptOf } from '../receipt/use-receipt-of.ts'
import { useFacts, useNow, useServices } from '../till-context.tsx'
import { handOver } from './first-paper.ts'
import classes from './refund.module.css'
import { RefundDialog } from './refund-dialog.tsx'
import { useAsked } from './use-asked.ts'
import { VoidDialog } from './void-dialog.tsx'

/** Under a sale's receipt: what came back of it, and the ways to take more of it back. */
export function TakeBack({ saleId }: { saleId: string }) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { catalogue, till } = useFacts()
  const go = useGo()
  const receiptOf = useReceiptOf()
  const now = useNow(60_000)
  const [dialog, setDialog] = useState<'refund' | 'void'>()
  const read = useLiveQuery(
    async () => ({
      original: await findOriginal(db, saleId),
      refunds: await refundsOf(db, saleId),
      madeBy: (await findPaper(db, saleId))?.entry.tillId,
    }),
    [db, saleId],
  )
  // A page may have stood open for an hour: it is asked again where goods are about to come back.
  const asked = useAsked(saleId, dialog ?? 'shown')
  const original = read?.original
  if (original === undefined) return null

  const { outlet, pricing, tillState } = catalogue
  const today = businessDate(timeAt(now, pricing), outlet.timeZone, outlet.dayCutHour)
  const returned = returnedBefore(original)
  const hasGoods = original.sale.lines.some((line, i) => leftOf(line, returned.get(i + 1) ?? 0) > 0)
  const isWhole = original.before.length === 0
  const revoked = tillState === 'revoked'
  const minutes = catalogue.company.voidWindowMinutes
  const mayVoid =
    original.elsewhere === undefined &&
    // Also where this browser was the till that made it.
    read?.madeBy === till.tillId &&
    original.businessDate === today &&
    original.sale.exchange === undefined &&
    (minutes === undefined || !isOlder(original.at, now, minutes))
  const done = (entry: EntryOf<'refund'> | EntryOf<'void'>) => {
    handOver([entry], receiptOf)
    setDialog(undefined)
    go(`/receipts/${entry.id}`)
  }
  return (
    <>
      {read !== undefined && read.refunds.length > 0 && (
        <ul className={classes.backs} aria-label={t('What came back of this sale')}>
          {read.refunds.map(({ entry }) => (
            <li key={entry.id}>
              <Button
                variant="default"
                h={48}
                fullWidth
                justify="space-between"
                rightSection={<Money amount={-entry.body.total} />}
                onClick={() => go(`/receipts/${entry.id}`)}
              >
                {entry.kind === 'void'
                  ? t('Void {{receiptNo}}', { receiptNo: entry.body.receiptNo })
                  : t('Refund {{receiptNo}}', { receiptNo: entry.body.receiptNo })}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {!revoked && (hasGoods || isWhole) && (
        <div className={classes.actions}>
          {hasGoods && (
            <Button
              variant="default"
              h={48}
              leftSection={<IconArrowBackUp aria-hidden size={20} />}
              onClick={() => setDialog('refund')}
            >
              {t('Refund…')}
            </Button>
          )}
          {hasGoods && (
            <Button
              variant="default"
              h={48}
              leftSection={<IconArrowsExchange aria-hidden size={20} />}
              onClick={() => go(`/exchange/${saleId}`)}
            >
              {t('Exchange…')}
            </Button>
          )}
          {isWhole && mayVoid && (
            <Button
              variant="default"
              h={48}
              leftSection={<IconBan aria-hidden size={20} />}
              onClick={() => setDialog('void')}
            >
              {t('Void…')}
            </Button>
          )}
        </div>
      )}
      {dialog === 'refund' && (
        <RefundDialog
          original={original}
          asked={asked}
          onClose={() => setDialog(undefined)}
          onRefunded={done}
        />
      )}
      {dialog === 'void' && (
        <VoidDialog original={original} asked={asked} onClose={() => setDialog(undefined)} onVoided={done} />
      )}
    </>
  )
}
