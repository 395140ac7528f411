import { paperTime } from '@evertill/shared/receipt/paper-time'
import { Button } from '@mantine/core'
import { IconCloudOff, IconReceipt, IconReceiptOff } from '@tabler/icons-react'
import { useLiveQuery } from 'dexie-react-hooks'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../app/empty-state.tsx'
import { dateTimeText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import { WithWhole } from '../../app/with-whole.tsx'
import { findPaper, type Paper } from '../../store/journal.ts'
import type { PapersAsked } from '../../sync/ask-papers.ts'
import { BackButton } from '../frame/back-button.tsx'
import { receiptPlace, useGo } from '../go.ts'
import { useFacts, useServices } from '../till-context.tsx'
import { ReceiptShown } from './receipt-shown.tsx'
import classes from './receipts.module.css'
import { useAskPapers } from './use-asked.ts'

/** A receipt that may be of any till of the company: found here, or asked of the server. */
export function ReceiptByNumber({ receiptNo }: { receiptNo: string }) {
  const { t } = useTranslation()
  const go = useGo()
  const ask = useAskPapers()
  const [attempt, setAttempt] = useState(0)
  const [asked, setAsked] = useState<PapersAsked>()

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks anew
  useEffect(() => {
    let wanted = true
    setAsked(undefined)
    void ask({ receiptNo }).then((found) => wanted && setAsked(found))
    return () => {
      wanted = false
    }
  }, [ask, receiptNo, attempt])

  if (asked?.code === 'found') {
    const [only, ...others] = asked.saleIds
    return only !== undefined && others.length === 0 ? (
      <ReceiptShown paperId={only} />
    ) : (
      <SameNumber saleIds={asked.saleIds} />
    )
  }
  const again = (
    <Button h={48} onClick={() => setAttempt((count) => count + 1)}>
      {t('Try again')}
    </Button>
  )
  return (
    <>
      <h1 className={classes.spoken}>{t('Receipt {{receiptNo}}', { receiptNo })}</h1>
      <div className={classes.detailTop}>
        <span className={classes.phoneOnly}>
          <BackButton onClick={() => go('/receipts')}>{t('All receipts')}</BackButton>
        </span>
      </div>
      <div role="status">
        {asked === undefined && (
          <EmptyState
            icon={IconReceipt}
            title={<WithWhole text={t('Looking for {{receiptNo}}…', { receiptNo })} whole={receiptNo} />}
          />
        )}
        {asked?.code === 'none' && (
          <EmptyState
            icon={IconReceiptOff}
            title={
              <WithWhole
                text={t('No till has sent a receipt {{receiptNo}}', { receiptNo })}
                whole={receiptNo}
              />
            }
            action={again}
          >
            {t(
              'Check the number. If it was sold just now at another till, that till may still be offline. Without it, goods are returned without a receipt.',
            )}
          </EmptyState>
        )}
        {asked?.code === 'not-answered' && (
          <EmptyState icon={IconCloudOff} title={t('Only receipts of this till are here now')} action={again}>
            {t(
              'The server does not answer, so receipts of other tills cannot be looked up. Try again when the network is back, or return the goods without a receipt.',
            )}
          </EmptyState>
        )}
      </div>
    </>
  )
}

/** A till that was copied or restored may have given a number twice. */
function SameNumber({ saleIds }: { saleIds: readonly string[] }) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { catalogue } = useFacts()
  const go = useGo()
  const papers = useLiveQuery(async () => {
    const found: Paper[] = []
    for (const id of saleIds) {
      const paper = await findPaper(db, id)
      if (paper !== undefined) found.push(paper)
    }
    return found
  }, [db, saleIds])
  return (
    <EmptyState
      icon={IconReceipt}
      title={t('More than one sale has this number')}
      action={papers?.map(({ entry }) => (
        <Button
          key={entry.id}
          variant="default"
          h={56}
          rightSection={<Money amount={entry.body.total} />}
          onClick={() => go(receiptPlace(entry.id))}
        >
          {dateTimeText(new Date(paperTime(entry)), catalogue.outlet.timeZone)}
        </Button>
      ))}
    >
      {t('Choose the one with the time and the amount on the paper.')}
    </EmptyState>
  )
}
