import { Button } from '@mantine/core'
import { IconSchool } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './training.module.css'

/** Over every screen while somebody practises, so that nobody mistakes it for the till. */
export function TrainingBand({ onEnd }: { onEnd: () => void }) {
  const { t } = useTranslation()
  return (
    <section className={classes.band} aria-label={t('Training')}>
      <IconSchool aria-hidden size={22} />
      <p>
        <strong>{t('TRAINING')}</strong> <span>{t('Nothing here counts as a sale.')}</span>
      </p>
      <Button h={48} variant="default" onClick={onEnd}>
        {t('End training…')}
      </Button>
    </section>
  )
}
