import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../app/error-state.tsx'

/** A screen of the till that broke: what was sold can be carried out from a page that needs none of the others. */
export function TillFailure() {
  const { t } = useTranslation()
  return (
    <main>
      <ErrorState title={t('This screen stopped working.')} onRetry={() => location.reload()} rescue>
        {t('Everything you completed is saved. Try again to go on where you were.')}
      </ErrorState>
    </main>
  )
}
