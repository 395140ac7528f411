import { Button } from '@mantine/core'
import { IconSchool } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../app/empty-state.tsx'
import { useGo } from '../go.ts'

/** What is about the real till is not shown, and cannot be changed, from its copy. */
export function NotInTraining() {
  const { t } = useTranslation()
  const go = useGo()
  return (
    <main>
      <EmptyState
        icon={IconSchool}
        title={t('This page belongs to the real till.')}
        action={
          <Button h={48} onClick={() => go('/')}>
            {t('Back to selling')}
          </Button>
        }
      >
        {t('End training to see it.')}
      </EmptyState>
    </main>
  )
}
