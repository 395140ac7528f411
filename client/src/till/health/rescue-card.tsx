import { useLiveQuery } from 'dexie-react-hooks'
import { useTranslation } from 'react-i18next'
import { rescuableTills } from '../../store/rescue.ts'
import page from '../frame/page.module.css'
import { RescueTill } from '../rescue/rescue-till.tsx'
import { useServices } from '../till-context.tsx'
import classes from './health.module.css'

/** The way out for sales that the network will not carry. */
export function RescueCard() {
  const { t } = useTranslation()
  return (
    <section className={page.card}>
      <h2>{t('Rescue file')}</h2>
      <p className={classes.text}>
        {t(
          'Carries sales to head office without a network: by a stick, by mail, by a messenger. Head office imports the file under Tills. Nothing on this till changes, and whatever arrives twice counts once.',
        )}
      </p>
      <PresentRescue />
    </section>
  )
}

/** The buttons that save the journal of the till this browser is. */
export function PresentRescue({ prominent = false }: { prominent?: boolean }) {
  const { db } = useServices()
  const [present] = (useLiveQuery(() => rescuableTills(db), [db]) ?? []).filter(({ current }) => current)
  return present && <RescueTill rescuable={present} prominent={prominent} />
}
