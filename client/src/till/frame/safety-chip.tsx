import {
  IconAlertTriangle,
  IconCloudOff,
  IconCloudUp,
  IconLoader2,
  IconShieldCheck,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { StatusChip } from '../../app/status-chip.tsx'
import { readHealth } from '../../store/journal.ts'
import { useGo } from '../go.ts'
import { useStorage } from '../health/use-storage.ts'
import { useNow, useServices } from '../till-context.tsx'
import { useCalmQuery } from '../use-calm-query.ts'
import { type Safety, safetyOf } from './safety.ts'

const LOOKS = {
  connecting: { tone: 'plain', icon: IconLoader2 },
  safe: { tone: 'safe', icon: IconShieldCheck },
  sending: { tone: 'info', icon: IconCloudUp },
  offline: { tone: 'waiting', icon: IconCloudOff },
  'server-troubled': { tone: 'waiting', icon: IconCloudOff },
  'needs-help': { tone: 'bad', icon: IconAlertTriangle },
} as const

export function SafetyChip() {
  const { db } = useServices()
  const now = useNow(30_000)
  const go = useGo()
  const words = useSafetyWords()
  const health = useCalmQuery(() => readHealth(db), [db])
  const { persisted, kind } = useStorage()
  const safety: Safety =
    health === undefined
      ? { code: 'connecting' }
      : safetyOf({ ...health, persisted: persisted ?? health.persisted }, now)
  const { tone, icon } = LOOKS[safety.code]
  return (
    <StatusChip tone={tone} icon={icon} onClick={() => go('/health')}>
      {words(safety, kind === 'ephemeral')}
    </StatusChip>
  )
}

function useSafetyWords(): (safety: Safety, forgets: boolean) => string {
  const { t } = useTranslation()
  return (safety, forgets) => {
    // Nothing that waits is safe in a window that forgets: what keeps it is the window staying open.
    if (forgets && (safety.code === 'offline' || safety.code === 'server-troubled') && safety.waiting > 0)
      return t('{{waiting}} waiting · keep this window open', safety)
    switch (safety.code) {
      case 'connecting':
        return t('Looking for the server')
      case 'safe':
        return t('Safe, all sent')
      case 'sending':
        return t('Sending {{waiting}}', safety)
      case 'offline':
        return safety.waiting === 0
          ? t('Offline · nothing waiting')
          : t('Offline · {{waiting}} waiting, safe on this till', safety)
      case 'server-troubled':
        return safety.waiting === 0
          ? t('Server not ready · nothing waiting')
          : t('Server not ready · {{waiting}} waiting, safe on this till', safety)
      case 'needs-help':
        return t('Needs help')
    }
  }
}
