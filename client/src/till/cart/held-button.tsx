import { Button } from '@mantine/core'
import { IconPlayerPause } from '@tabler/icons-react'
import { useLiveQuery } from 'dexie-react-hooks'
import { useTranslation } from 'react-i18next'
import { countText } from '../../app/format.ts'
import { readHeldSales } from '../../store/held-sales.ts'
import { useSellingActions } from '../selling-actions.tsx'
import { useServices } from '../till-context.tsx'
import classes from './held.module.css'

/** Holds the open sale; with an empty cart (`isOpen` is false), shows those that are held. How many there are is always in view. */
export function HeldButton({ isOpen, locked }: { isOpen: boolean; locked: boolean }) {
  const { t } = useTranslation()
  const { openDialog } = useSellingActions()
  const count = useHeldCount()
  return (
    <Button
      variant="default"
      size="md"
      h={48}
      px={8}
      leftSection={<IconPlayerPause aria-hidden size={20} />}
      rightSection={count > 0 && <HeldCount count={count} />}
      disabled={isOpen ? locked : count === 0}
      aria-keyshortcuts="F6"
      onClick={() => openDialog({ kind: 'held' })}
    >
      {isOpen ? t('Hold') : t('Held')}
    </Button>
  )
}

/** On a phone, beside the bar's cart: only where there is something held. */
export function HeldBarButton() {
  const { t } = useTranslation()
  const { openDialog } = useSellingActions()
  const count = useHeldCount()
  if (count === 0) return null
  return (
    <Button
      variant="default"
      h={56}
      px={12}
      aria-label={t('{{count}} held sales', { count })}
      onClick={() => openDialog({ kind: 'held' })}
    >
      <IconPlayerPause aria-hidden size={20} />
      &nbsp;
      <HeldCount count={count} />
    </Button>
  )
}

const HeldCount = ({ count }: { count: number }) => <span className={classes.count}>{countText(count)}</span>

function useHeldCount(): number {
  const { db } = useServices()
  return useLiveQuery(() => readHeldSales(db), [db])?.length ?? 0
}
