import type { StorageKind } from '@evertill/shared/protocol/push'
import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** Said before a browser becomes a till that may not keep what is sold on it. */
export function StorageWarning({ kind }: { kind: Exclude<StorageKind, 'persistent'> }) {
  const { t } = useTranslation()
  if (kind === 'ephemeral')
    return (
      <Alert
        color="red"
        icon={<IconAlertTriangle aria-hidden />}
        title={t('This window forgets')}
        role="alert"
      >
        {t(
          'It looks like a private window: sales that were not sent yet are lost when it is closed. For real sales, open the link in a normal window. To try things out you can go on.',
        )}
      </Alert>
    )
  return (
    <Alert
      color="kaya"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('The browser does not promise to keep sales')}
      role="alert"
    >
      {t(
        'It may clear them when the device runs out of space; a private window always does when it is closed. Install Evertill as an app first (browser menu, Install), or go on and keep this device online.',
      )}
    </Alert>
  )
}
