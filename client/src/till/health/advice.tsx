import { Alert, Button } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff, IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Health } from '../../store/journal.ts'
import { type HelpReason, helpReasons, isServerTroubled } from '../frame/safety.ts'
import { useGo } from '../go.ts'
import classes from './health.module.css'

interface AdviceProps {
  readonly health: Health
  /** A private window, as far as can be told. */
  readonly forgets: boolean
  readonly now: Date
}

/** The one thing to know first, then everything that needs a person. */
export function Advice({ health, forgets, now }: AdviceProps) {
  const { t } = useTranslation()
  const go = useGo()
  const reasons = helpReasons(health, now)
  const words: Record<HelpReason, readonly [title: string, text: string]> = {
    'unknown-till': [
      t('The server does not know this till any more'),
      t(
        'It may have been restored from an old backup. Sales are kept in this browser. Ask head office for an enrolment code and enrol again; what was sold stays here under this till. Save a rescue file below to be sure.',
      ),
    ],
    revoked: [
      t('Head office has revoked this till'),
      t(
        'It takes no new sales, and head office takes nothing more from it. Sales that were not sent yet are kept in this browser: do not clear its data, and ask head office what to do with them.',
      ),
    ],
    held: [
      t('Some sales are held for a person'),
      t(
        'The server has them, but could not read all of them. They are listed below with the reason. Nothing is lost: tell head office.',
      ),
    ],
    'queue-old': [
      t('Sales have been waiting for more than a day'),
      t(
        'They are safe on this till, and only here. Check the network of this device, press Send now, and do not clear the browser or give the device away until nothing is waiting.',
      ),
    ],
    'not-protected': [
      t('Waiting sales are in storage the browser may clear'),
      t(
        'Get this device online soon. Installing Evertill as an app (browser menu, Install) makes the browser protect its storage.',
      ),
    ],
    'clock-off': [
      t('The clock of this device is far off'),
      t(
        'Sales are never refused for it, but receipts carry the wrong time. Set date and time in the settings of the device.',
      ),
    ],
  }
  return (
    <div className={classes.advice}>
      <FirstThing health={health} forgets={forgets} />
      {reasons.map((reason) => (
        <Alert key={reason} color="red" icon={<IconAlertTriangle aria-hidden />} title={words[reason][0]}>
          {words[reason][1]}
          {reason === 'unknown-till' && (
            <Button mt="sm" h={48} variant="default" onClick={() => go('/enrol')}>
              {t('Enrol again')}
            </Button>
          )}
        </Alert>
      ))}
      {forgets && (
        <Alert color="kaya" icon={<IconAlertTriangle aria-hidden />} title={t('This window forgets')}>
          {t(
            'It looks like a private window: what was not sent is lost when it is closed. Keep it open until nothing waits, or save a rescue file below. For real sales use a normal window.',
          )}
        </Alert>
      )}
      {!forgets && !health.persisted && !reasons.includes('not-protected') && (
        <Alert color="kaya" icon={<IconAlertTriangle aria-hidden />} title={t('Storage is not protected')}>
          {t(
            'The browser may clear its data when the device runs out of space. Nothing is lost once it is sent. Install Evertill as an app (browser menu, Install) to protect what waits.',
          )}
        </Alert>
      )}
    </div>
  )
}

function FirstThing({ health, forgets }: { health: Health; forgets: boolean }) {
  const { t } = useTranslation()
  const { waiting, online } = health
  if (waiting === 0)
    return (
      <Alert
        color="pandan"
        icon={<IconShieldCheck aria-hidden />}
        title={t('Every sale of this till is on the server')}
      >
        {online
          ? t('There is nothing to do.')
          : t(
              'The server cannot be reached just now. Go on selling: sales are saved on this till and sent when the network is back.',
            )}
      </Alert>
    )
  if (isServerTroubled(health))
    return (
      <Alert
        color="kaya"
        icon={<IconCloudOff aria-hidden />}
        title={t('The server is not ready: {{waiting}} waiting, safe on this till', { waiting })}
      >
        {t(
          'It answers, but cannot take sales just now. Go on selling: the till keeps trying by itself. If this lasts, tell head office what the last problem below says.',
        )}
      </Alert>
    )
  if (online)
    return (
      <Alert
        color="blue"
        icon={<IconShieldCheck aria-hidden />}
        title={t('Sending {{waiting}}', { waiting })}
      >
        {t('Sales are saved on this till and on their way. There is nothing to do.')}
      </Alert>
    )
  return (
    <Alert
      color="kaya"
      icon={<IconCloudOff aria-hidden />}
      title={
        forgets
          ? t('Offline: {{waiting}} waiting, kept while this window is open', { waiting })
          : t('Offline: {{waiting}} waiting, safe on this till', { waiting })
      }
    >
      {t('Go on selling. Everything is saved here and will be sent by itself when the network is back.')}
    </Alert>
  )
}
