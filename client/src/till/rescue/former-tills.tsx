import { useLiveQuery } from 'dexie-react-hooks'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { codeOfTill } from '../../store/enrolment.ts'
import { type RescuableTill, rescuableTills } from '../../store/rescue.ts'
import { hasKey } from '../../store/till.ts'
import { useServices } from '../till-context.tsx'
import classes from './rescue.module.css'

// Few browsers ever were another till: the first load does not carry what writes the file.
const RescueTill = lazy(() => import('./rescue-till.tsx').then((module) => ({ default: module.RescueTill })))

/** What this browser still holds for tills that it no longer is. Nothing, as long as all of it was sent. */
export function FormerTills() {
  const { t } = useTranslation()
  const { db } = useServices()
  const tills = useLiveQuery(() => rescuableTills(db), [db])
  const wordsFor = ({ till, unsent: count }: RescuableTill) => {
    const named = { tillName: till.tillName, code: codeOfTill(till), count }
    return hasKey(till)
      ? t(
          'This browser was {{tillName}} ({{code}}) and still holds {{count}} entries of it that head office has not received. They are sent by themselves if the server takes them. To be sure, save them to a file: head office imports it under Tills.',
          named,
        )
      : t(
          'This browser was {{tillName}} ({{code}}), and {{count}} entries of it that head office has not received were kept in a second place. Enrol it as that till again and they are sent, or save them to a file: head office imports it under Tills.',
          named,
        )
  }
  const former = tills?.filter(({ current, unsent }) => !current && unsent > 0) ?? []
  if (former.length === 0) return null
  return (
    <section className={classes.former} aria-label={t('Earlier tills')}>
      {former.map((rescuable) => (
        <div key={rescuable.till.tillId}>
          <p>{wordsFor(rescuable)}</p>
          <Suspense>
            <RescueTill rescuable={rescuable} />
          </Suspense>
        </div>
      ))}
    </section>
  )
}
