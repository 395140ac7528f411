import { PROTOCOL_VERSION } from '@evertill/shared/protocol/version'
import { Button } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useLiveQuery } from 'dexie-react-hooks'
import { useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { agoText, bytesText, countText, dateTimeText } from '../../app/format.ts'
import { APP_VERSION } from '../../app/version.ts'
import { countKept, readHealth } from '../../store/journal.ts'
import { readTill } from '../../store/till.ts'
import { BackButton } from '../frame/back-button.tsx'
import page from '../frame/page.module.css'
import { clockOffOf } from '../frame/safety.ts'
import { useShortcuts } from '../frame/use-shortcuts.ts'
import { useGo } from '../go.ts'
import { FormerTills } from '../rescue/former-tills.tsx'
import { FactsContext, useNow, useServices } from '../till-context.tsx'
import { Advice } from './advice.tsx'
import classes from './health.module.css'
import { HeldEntries } from './held-entries.tsx'
import { LeaveCard } from './leave-card.tsx'
import { RescueCard } from './rescue-card.tsx'
import { useStorage } from './use-storage.ts'

/** What is known about the safety of this till's sales, and what to do, in plain words. */
export function HealthScreen() {
  const { t } = useTranslation()
  const { db, sync } = useServices()
  const go = useGo()
  const now = useNow(5000)
  const storage = useStorage()
  const till = useLiveQuery(() => readTill(db), [db])
  const health = useLiveQuery(() => readHealth(db), [db])
  const kept = useLiveQuery(() => countKept(db), [db])
  const timeZone = useContext(FactsContext)?.catalogue.outlet.timeZone
  const [asked, setAsked] = useState(false)
  useShortcuts({ Escape: () => go('/') })
  if (health === undefined || till === undefined)
    return <main className={`${page.screen} ${classes.screen}`} aria-busy="true" />

  const ago = (at: string | undefined | null) =>
    at ? `${agoText(new Date(at), now)} (${dateTimeText(new Date(at), timeZone)})` : t('not yet')
  const offsetSeconds = Math.round(clockOffOf(health, now) / 100) / 10
  const highWater = health.highWater[till.epoch] ?? 0
  const persisted = storage.persisted ?? health.persisted
  // What a browser says of these is for its makers.
  const wordsOf: Readonly<Record<string, string>> = {
    offline: t('No answer came from the server.'),
    'too-slow': t('No answer came in time. Less is sent at once until one does.'),
  }
  return (
    <main className={`${page.screen} ${classes.screen}`}>
      <div className={page.title}>
        <BackButton onClick={() => go('/')}>{t('Back to selling')}</BackButton>
        <h1>{t('Health of this till')}</h1>
      </div>
      <Advice health={{ ...health, persisted }} forgets={storage.kind === 'ephemeral'} now={now} />
      <FormerTills />
      <div className={classes.cards}>
        <section className={page.card}>
          <h2>{t('Sales on this till')}</h2>
          <dl>
            <Fact label={t('Waiting to be sent')} value={countText(health.waiting)} />
            <Fact
              label={t('Oldest waiting')}
              value={health.oldestWaitingAt === null ? t('nothing waits') : ago(health.oldestWaitingAt)}
            />
            <Fact label={t('Sent today')} value={countText(health.sentToday)} />
            <Fact label={t('Held for head office')} value={countText(health.held)} />
            <Fact label={t('Kept on this till')} value={kept === undefined ? '…' : countText(kept)} />
            <Fact
              label={t('Server has everything up to')}
              value={
                highWater === 0
                  ? t('nothing yet')
                  : t('number {{highWater}}', { highWater: countText(highWater) })
              }
            />
          </dl>
          <Button
            h={48}
            leftSection={<IconSend aria-hidden size={20} />}
            loading={health.sending}
            onClick={() => {
              setAsked(true)
              sync.wake()
            }}
          >
            {t('Send now')}
          </Button>
          <p className={classes.quiet} role="status">
            {asked && !health.sending && health.waiting === 0 && health.online
              ? t('Everything is on the server.')
              : ''}
          </p>
        </section>
        <section className={page.card}>
          <h2>{t('Server')}</h2>
          <dl>
            <Fact label={t('Reached at the last try')} value={health.online ? t('yes') : t('no')} />
            <Fact label={t('Last contact')} value={ago(health.lastContactAt)} />
            <Fact label={t('Last try')} value={ago(health.lastAttemptAt)} />
            <Fact label={t('Products and prices as of')} value={ago(health.lastPullAt)} />
            <Fact
              label={t('Clock against the server')}
              value={t('{{seconds}} s off', { seconds: offsetSeconds.toFixed(1).replace('-', '−') })}
            />
          </dl>
          {health.lastProblem !== undefined && (
            <p className={classes.problem}>
              {t('Last problem, {{ago}}:', { ago: agoText(new Date(health.lastProblem.at), now) })}{' '}
              {wordsOf[health.lastProblem.code] ?? health.lastProblem.message}{' '}
              <small>({health.lastProblem.code})</small>
            </p>
          )}
        </section>
        <section className={page.card}>
          <h2>{t('This device')}</h2>
          <dl>
            <Fact label={t('Storage protected')} value={persisted ? t('yes') : t('no')} />
            <Fact
              label={t('Storage used')}
              value={
                storage.usage === undefined || storage.quota === undefined
                  ? t('the browser does not say')
                  : t('{{used}} of {{quota}}', {
                      used: bytesText(storage.usage),
                      quota: bytesText(storage.quota),
                    })
              }
            />
            <Fact label={t('Till')} value={`${till.tillName} (${till.outletCode}-${till.tillCode})`} />
            <Fact label={t('Journal')} value={t('epoch {{epoch}}', { epoch: till.epoch })} />
            <Fact label={t('Enrolled')} value={dateTimeText(new Date(till.enrolledAt), timeZone)} />
            <Fact
              label={t('Version')}
              value={`${APP_VERSION} · ${t('protocol {{v}}', { v: PROTOCOL_VERSION })}`}
            />
          </dl>
        </section>
        <RescueCard />
        <LeaveCard till={till} />
      </div>
      {health.held > 0 && <HeldEntries timeZone={timeZone} />}
    </main>
  )
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}
