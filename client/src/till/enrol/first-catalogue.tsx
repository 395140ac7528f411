import { Button, Loader } from '@mantine/core'
import { useLiveQuery } from 'dexie-react-hooks'
import { useTranslation } from 'react-i18next'
import { readHealth } from '../../store/journal.ts'
import { useServices } from '../till-context.tsx'
import classes from './enrol.module.css'

/** Enrolled, but the products have not arrived yet. */
export function FirstCatalogue() {
  const { t } = useTranslation()
  const { db, sync } = useServices()
  const health = useLiveQuery(() => readHealth(db), [db])
  const problem = health?.lastProblem
  return (
    <main className={classes.center}>
      <div className={classes.card} aria-live="polite">
        <h1>{t('Fetching products and prices')}</h1>
        {problem === undefined ? (
          <p className={classes.quiet}>
            {t('This happens once. Afterwards the till works without a network.')}
          </p>
        ) : (
          <p>{t('The server did not answer yet: {{message}} The till keeps trying.', problem)}</p>
        )}
        <Loader aria-hidden />
        <Button size="lg" variant="default" onClick={() => sync.wake()}>
          {t('Try now')}
        </Button>
      </div>
    </main>
  )
}
