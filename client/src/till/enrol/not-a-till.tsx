import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useGo } from '../go.ts'
import { FormerTills } from '../rescue/former-tills.tsx'
import classes from './enrol.module.css'

/** What a browser shows that has not been enrolled. */
export function NotATill() {
  const { t } = useTranslation()
  const go = useGo()
  return (
    <main className={classes.center}>
      <div className={classes.card}>
        <img src="/icon.svg" alt="" className={classes.mark} />
        <h1>{t('This browser is not a till yet')}</h1>
        <p className={classes.quiet}>
          {t(
            'Head office gives every till a code, under Tills. Open its link here, or type the code, and this browser sells from then on: with or without a network.',
          )}
        </p>
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
