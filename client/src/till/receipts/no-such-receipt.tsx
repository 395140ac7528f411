import { Button } from '@mantine/core'
import { IconReceiptOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../app/empty-state.tsx'
import { useGo } from '../go.ts'

/** For an address that names nothing here, with a way on: a phone shows no list beside it. */
export function NoSuchReceipt() {
  const { t } = useTranslation()
  const go = useGo()
  return (
    <div role="alert">
      <EmptyState
        icon={IconReceiptOff}
        title={t('This till has no such receipt.')}
        action={
          <Button h={48} variant="default" onClick={() => go('/receipts')}>
            {t('All receipts')}
          </Button>
        }
      />
    </div>
  )
}
