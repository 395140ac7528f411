import { useLiveQuery } from 'dexie-react-hooks'
import { useTranslation } from 'react-i18next'
import { dateTimeText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import { recentSales } from '../../store/journal.ts'
import page from '../frame/page.module.css'
import { useServices } from '../till-context.tsx'
import classes from './health.module.css'

export function HeldEntries({ timeZone }: { timeZone: string | undefined }) {
  const { t } = useTranslation()
  const { db } = useServices()
  const held = useLiveQuery(
    async () => (await recentSales(db, Number.MAX_SAFE_INTEGER)).filter(({ fate }) => fate === 'held'),
    [db],
  )
  return (
    <section className={page.card}>
      <h2>{t('Held for head office')}</h2>
      <ul className={classes.held}>
        {held?.map(({ entry, reason }) => (
          <li key={entry.id}>
            <strong>{entry.body.receiptNo}</strong>
            <Money amount={entry.body.total} />
            <span>{dateTimeText(new Date(entry.at), timeZone)}</span>
            <span>{reason ?? t('The server gave no reason.')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
