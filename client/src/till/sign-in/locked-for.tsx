import { useTranslation } from 'react-i18next'

/** Read when it is looked for: told at every tick, it would talk over everything else. */
export function LockedFor({ seconds }: { seconds: number }) {
  const { t } = useTranslation()
  return (
    <span role="timer" aria-live="off">
      {t('{{seconds}} s', { seconds })}
    </span>
  )
}
