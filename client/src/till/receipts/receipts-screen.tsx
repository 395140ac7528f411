import { Button, TextInput } from '@mantine/core'
import { IconArrowBackUp, IconReceipt, IconSearch } from '@tabler/icons-react'
import { Outlet, useLocation } from '@tanstack/react-router'
import { useLiveQuery } from 'dexie-react-hooks'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../app/empty-state.tsx'
import { dateTimeText, minorPerUnit } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import { useWedgeScanner } from '../../devices/use-wedge-scanner.ts'
import { recentPapers, searchPapers } from '../../store/journal.ts'
import { BackButton } from '../frame/back-button.tsx'
import { useShortcuts } from '../frame/use-shortcuts.ts'
import { useGo } from '../go.ts'
import { useFacts, useServices } from '../till-context.tsx'
import { FateChip } from './fate-chip.tsx'
import { paperMatcher } from './paper-search.ts'
import classes from './receipts.module.css'

const MOST_SHOWN = 200

export function ReceiptsScreen() {
  const { t } = useTranslation()
  const { db } = useServices()
  const { catalogue } = useFacts()
  const { pathname } = useLocation()
  const go = useGo()
  const [typed, setTyped] = useState('')
  const text = useDeferredValue(typed.trim())
  const { timeZone } = catalogue.outlet
  const perUnit = minorPerUnit(catalogue.company.currency)
  const search = (words: string, limit: number) =>
    searchPapers(db, paperMatcher(words, timeZone, perUnit), limit)
  const papers = useLiveQuery(
    () => (text === '' ? recentPapers(db, MOST_SHOWN) : search(text, MOST_SHOWN)),
    [db, text, timeZone, perUnit],
  )
  // The code on a receipt is its number.
  useWedgeScanner((code) => {
    setTyped(code)
    void search(code, 1).then(([paper]) => paper !== undefined && go(`/receipts/${paper.entry.id}`))
  })
  const detail = pathname !== '/receipts'
  useShortcuts({
    Escape: () => (typed === '' ? go(detail ? '/receipts' : '/') : setTyped('')),
  })
  return (
    <main className={classes.screen} data-detail={detail}>
      <section className={classes.list}>
        <div className={classes.title}>
          <BackButton onClick={() => go('/')}>{t('Back to selling')}</BackButton>
          <h1>{t('Receipts')}</h1>
        </div>
        <TextInput
          type="search"
          size="lg"
          mx={16}
          aria-label={t('Search receipts')}
          placeholder={t('Number, amount, time or customer')}
          leftSection={<IconSearch aria-hidden size={20} />}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {catalogue.tillState !== 'revoked' && (
          <Button
            variant="subtle"
            h={48}
            leftSection={<IconArrowBackUp aria-hidden size={20} />}
            onClick={() => go('/exchange')}
          >
            {t('Return without a receipt')}
          </Button>
        )}
        {papers?.length === 0 && text !== '' && (
          <EmptyState icon={IconReceipt} title={t('This till has no such receipt')}>
            {t('It may be of another till. Goods of another till are returned without a receipt.')}
          </EmptyState>
        )}
        {papers?.length === 0 && text === '' && (
          <EmptyState icon={IconReceipt} title={t('No receipts yet')}>
            {t('Every sale of this till appears here as soon as it is paid.')}
          </EmptyState>
        )}
        <ol>
          {papers?.map(({ entry, fate }) => (
            <li key={entry.id}>
              <button
                type="button"
                aria-current={pathname === `/receipts/${entry.id}` || undefined}
                onClick={() => go(`/receipts/${entry.id}`)}
              >
                <span className={classes.no}>
                  {entry.body.receiptNo}
                  {entry.kind === 'refund' && ` · ${t('Refund')}`}
                  {entry.kind === 'void' && ` · ${t('Void')}`}
                </span>
                <span className={classes.total}>
                  <Money amount={entry.kind === 'sale' ? entry.body.total : -entry.body.total} />
                </span>
                <span className={classes.when}>
                  {dateTimeText(new Date(entry.at), catalogue.outlet.timeZone)}
                  {' · '}
                  {t('{{count}} items', {
                    count: entry.body.lines.reduce((sum, line) => sum + Math.ceil(line.quantity / 1000), 0),
                  })}
                </span>
                <FateChip fate={fate} />
              </button>
            </li>
          ))}
        </ol>
      </section>
      <section className={classes.detail} aria-label={t('Receipt')}>
        {detail ? (
          <Outlet />
        ) : (
          papers !== undefined &&
          papers.length > 0 && (
            <EmptyState icon={IconReceipt} title={t('Choose a receipt')}>
              {t('It is shown here, ready to be printed again.')}
            </EmptyState>
          )
        )}
      </section>
    </main>
  )
}
