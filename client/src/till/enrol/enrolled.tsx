import type { StorageKind } from '@evertill/shared/protocol/push'
import { Alert, Button } from '@mantine/core'
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Till } from '../../store/till.ts'
import { useGo } from '../go.ts'
import classes from './enrol.module.css'

/** What this browser is now, and how well it keeps what is sold on it. */
export function Enrolled({ till, storage }: { till: Till; storage?: StorageKind }) {
  const { t } = useTranslation()
  const go = useGo()
  return (
    <main className={classes.center}>
      <div className={classes.card}>
        <img src="/icon.svg" alt="" className={classes.mark} />
        <h1>{t('This browser is {{tillName}}', { tillName: till.tillName })}</h1>
        <dl className={classes.facts}>
          <dt>{t('Company')}</dt>
          <dd>{till.companyName}</dd>
          <dt>{t('Outlet')}</dt>
          <dd>{till.outletCode}</dd>
          <dt>{t('Till')}</dt>
          <dd>
            {till.tillName} ({till.tillCode})
          </dd>
        </dl>
        <StorageAnswer kind={storage ?? (till.persisted ? 'persistent' : 'best-effort')} />
        <Button size="lg" autoFocus onClick={() => go('/')}>
          {t('Start selling')}
        </Button>
        <Button variant="subtle" h={48} onClick={() => go('/health')}>
          {t('Use this browser for another till')}
        </Button>
      </div>
    </main>
  )
}

function StorageAnswer({ kind }: { kind: StorageKind }) {
  const { t } = useTranslation()
  if (kind === 'persistent')
    return (
      <Alert color="pandan" icon={<IconShieldCheck aria-hidden />} title={t('Storage is protected')}>
        {t('The browser promised to keep what is sold here until the server has it.')}
      </Alert>
    )
  if (kind === 'best-effort')
    return (
      <Alert color="kaya" icon={<IconAlertTriangle aria-hidden />} title={t('Storage is not protected yet')}>
        {t(
          'The browser may clear its data when the device runs out of space. Install Evertill as an app (browser menu, Install) and it will ask again.',
        )}
      </Alert>
    )
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('This window forgets')}>
      {t(
        'This looks like a private window: what is sold here is lost when it is closed before everything is sent. Use a normal window for real sales.',
      )}
    </Alert>
  )
}
