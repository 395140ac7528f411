import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../app/error-state.tsx'

/** Without storage there is no till: better no sale than one that nobody wrote down. */
export function NoStorage({ full, message }: { full: boolean; message: string }) {
  const { t } = useTranslation()
  return (
    <main>
      <ErrorState
        title={
          full ? t('This device is out of space.') : t('This browser does not let Evertill save anything.')
        }
        onRetry={() => location.reload()}
        rescue
      >
        {full
          ? t('Free some space and try again. Sales recorded before are still here.')
          : t(
              'Use a normal window instead of a private one, and allow this site to keep data. ({{message}})',
              {
                message,
              },
            )}
      </ErrorState>
    </main>
  )
}
