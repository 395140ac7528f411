import { Alert, Button } from '@mantine/core'
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react'
import { useLiveQuery } from 'dexie-react-hooks'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { browserStorage } from '../../app/browser-storage.ts'
import { dateTimeText } from '../../app/format.ts'
import { codeOfTill } from '../../store/enrolment.ts'
import { rescuableTills } from '../../store/rescue.ts'
import { lostTill, type TillMemory } from '../../store/till-memory.ts'
import { useGo } from '../go.ts'
import { spareTakenUp } from '../late-spare-copy.ts'
import { FormerTills } from '../rescue/former-tills.tsx'
import { useServices } from '../till-context.tsx'
import classes from './enrol.module.css'

/** What a browser shows that has not been enrolled, or has lost what it was. */
export function NotATill() {
  const { t } = useTranslation()
  const go = useGo()
  const [lost] = useState(() => lostTill(browserStorage()))
  return (
    <main className={classes.center}>
      <div className={classes.card}>
        <img src="/icon.svg" alt="" className={classes.mark} />
        {lost === undefined ? (
          <>
            <h1>{t('This browser is not a till yet')}</h1>
            <p className={classes.quiet}>
              {t(
                'Head office gives every till a code, under Tills. Open its link here, or type the code, and this browser sells from then on: with or without a network.',
              )}
            </p>
          </>
        ) : (
          <LostTill lost={lost} />
        )}
        <FormerTills />
        <Button size="lg" onClick={() => go('/enrol')}>
          {t('Enter an enrolment code')}
        </Button>
        <Button size="lg" variant="default" component="a" href="/office">
          {t('Go to head office')}
        </Button>
      </div>
    </main>
  )
}

function LostTill({ lost }: { lost: TillMemory }) {
  const { t } = useTranslation()
  const { db } = useServices()
  const [takenUp, setTakenUp] = useState(false)
  useEffect(() => void spareTakenUp.then(() => setTakenUp(true)), [])
  const tills = useLiveQuery(() => rescuableTills(db), [db])
  const kept = (tills ?? []).reduce((sum, { unsent }) => sum + unsent, 0)
  const isKnown = takenUp && tills !== undefined
  return (
    <>
      <h1>{t('This browser has lost its till')}</h1>
      <p>
        {t(
          'What it kept is gone: its data was cleared, or could not be read any more. Head office gives the till a new code, under Tills, and it goes on selling.',
        )}
      </p>
      {isKnown && lost.unsent > kept && (
        <Alert
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('{{count}} entries had not been sent', { count: lost.unsent - kept })}
        >
          {t(
            'Tell head office: it has them only if they were saved to a file. The papers that were handed out say what they were.',
          )}
        </Alert>
      )}
      {lost.unsent === 0 && kept === 0 && (
        <Alert color="pandan" icon={<IconShieldCheck aria-hidden />} title={t('Everything had been sent')}>
          {t('Head office has all that was sold until then.')}
        </Alert>
      )}
      <dl className={classes.facts}>
        <dt>{t('Company')}</dt>
        <dd>{lost.companyName}</dd>
        <dt>{t('Till')}</dt>
        <dd>
          {lost.tillName} ({codeOfTill(lost)})
        </dd>
        <dt>{t('Last receipt')}</dt>
        <dd>{lost.lastReceiptNo ?? t('None')}</dd>
        <dt>{t('Last remembered')}</dt>
        <dd>{dateTimeText(new Date(lost.at))}</dd>
      </dl>
    </>
  )
}
