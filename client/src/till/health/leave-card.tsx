import { Alert, Button, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useLiveQuery } from 'dexie-react-hooks'
import { type FormEvent, useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { browserStorage } from '../../app/browser-storage.ts'
import { codeOfTill, isHeldByShift, type LeaveOutcome, leaveTill } from '../../store/enrolment.ts'
import type { Till } from '../../store/till.ts'
import { forgetTill } from '../../store/till-memory.ts'
import { countUnrescued } from '../../store/unsent.ts'
import page from '../frame/page.module.css'
import { useGo } from '../go.ts'
import { FactsContext, StaffContext, useServices } from '../till-context.tsx'
import classes from './health.module.css'
import { PresentRescue } from './rescue-card.tsx'

/** Stops being a till; closed off while that would leave sales behind. */
export function LeaveCard({ till }: { till: Till }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const hasStaff = useContext(FactsContext) !== undefined
  const staff = useContext(StaffContext)
  return (
    <section className={page.card}>
      <h2>{t('Stop using this till')}</h2>
      <p className={classes.text}>
        {t(
          'For a device that is given away, repaired, or becomes another till. Its products, customers and people are cleared from this browser; sales never are.',
        )}
      </p>
      {!opened && (
        <Button
          h={48}
          variant="default"
          disabled={hasStaff && staff === undefined}
          onClick={() => setOpened(true)}
        >
          {hasStaff && staff === undefined
            ? t('Sign in to stop using this till')
            : t('Stop using {{code}}…', { code: codeOfTill(till) })}
        </Button>
      )}
      {opened && <LeaveForm till={till} onCancel={() => setOpened(false)} />}
    </section>
  )
}

function LeaveForm({ till, onCancel }: { till: Till; onCancel: () => void }) {
  const { t } = useTranslation()
  const { db, now, openSale } = useServices()
  const go = useGo()
  const code = codeOfTill(till)
  const [typed, setTyped] = useState('')
  const [refusal, setRefusal] = useState<LeaveOutcome>()
  const left = useLiveQuery(
    async () => ({
      hasShift: await isHeldByShift(db, till.tillId),
      ...(await countUnrescued(db, till.tillId)),
    }),
    [db, till.tillId],
  )
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const outcome = await leaveTill(db, { typedCode: typed, now: now() })
    setRefusal(outcome)
    if (outcome.code !== 'left') return
    forgetTill(browserStorage())
    await openSale.refresh()
    go('/')
  }
  if (left === undefined) return null
  // First, for its close is one more entry to be sent or saved.
  if (left.hasShift)
    return (
      <>
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />}>
          {t('A shift is open on this till. Close it first.')}
        </Alert>
        <div className={classes.buttons}>
          <Button h={48} onClick={() => go('/drawer')}>
            {t('Shift and drawer')}
          </Button>
          <Button h={48} variant="default" onClick={onCancel}>
            {t('Keep using it')}
          </Button>
        </div>
      </>
    )
  if (left.unrescued > 0)
    return (
      <>
        <Alert
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('{{count}} entries are only on this device', { count: left.unrescued })}
        >
          {t('Let them be sent, or save them to a file for head office. Then this till can be left.')}
        </Alert>
        <PresentRescue prominent />
        <Button h={48} variant="default" onClick={onCancel}>
          {t('Keep using it')}
        </Button>
      </>
    )
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
      {left.unsent > 0 && (
        <Alert
          color="kaya"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('{{count}} entries were not sent, but are in your rescue file', { count: left.unsent })}
        >
          {t(
            'Look whether you have the file, and give it to head office. They stay in this browser too, and are still sent if the server takes them.',
          )}
        </Alert>
      )}
      <TextInput
        size="lg"
        label={t('Type {{code}} to confirm', { code })}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setRefusal(undefined)
        }}
        error={
          refusal?.code === 'wrong-code'
            ? t('That is not {{code}}.', { code })
            : refusal?.code === 'sale-open'
              ? t('A sale is open. Finish it or clear the cart first.')
              : refusal?.code === 'exchange-open'
                ? t('An exchange is being paid. Finish it, or give its payments back, first.')
                : refusal?.code === 'sales-held'
                  ? t('{{count}} sales are held. Resume or discard them first.', refusal)
                  : undefined
        }
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        data-autofocus
        autoFocus
      />
      <div className={classes.buttons}>
        <Button type="submit" h={48} color="red" disabled={typed.trim() === ''}>
          {t('Stop using {{code}}', { code })}
        </Button>
        <Button h={48} variant="default" onClick={onCancel}>
          {t('Keep using it')}
        </Button>
      </div>
    </form>
  )
}
