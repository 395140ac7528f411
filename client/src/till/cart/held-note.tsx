import { Alert } from '@mantine/core'
import { IconPlayerPause } from '@tabler/icons-react'
import { useLiveQuery } from 'dexie-react-hooks'
import { useTranslation } from 'react-i18next'
import { readHeldSales } from '../../store/held-sales.ts'
import { useServices } from '../till-context.tsx'

/** Told to whoever closes up: nothing of these is paid, and the goods are perhaps still on the counter. */
export function HeldNote() {
  const { t } = useTranslation()
  const { db } = useServices()
  const held = useLiveQuery(() => readHeldSales(db), [db], [])
  if (held.length === 0) return null
  return (
    <Alert
      color="kaya"
      icon={<IconPlayerPause aria-hidden />}
      title={t('{{count}} sales are still held', { count: held.length })}
    >
      {t('{{names}}. They are not paid and stay on this till until they are resumed or discarded.', {
        names: held.map(({ name }) => name).join(', '),
      })}
    </Alert>
  )
}
