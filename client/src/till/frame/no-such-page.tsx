import { Button } from '@mantine/core'
import { IconMap2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../app/empty-state.tsx'

export function NoSuchPage() {
  const { t } = useTranslation()
  return (
    <main>
      <EmptyState
        icon={IconMap2}
        title={t('There is no such page.')}
        action={
          <Button component="a" href="/">
            {t('Go to the till')}
          </Button>
        }
      />
    </main>
  )
}
