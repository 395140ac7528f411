import { ActionIcon } from '@mantine/core'
import { IconAlertTriangle, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSelling } from '../selling.tsx'
import classes from './products.module.css'

/** Floats over the products, so that nothing below it moves. */
export function MessageBar() {
  const { t } = useTranslation()
  const { message, dismiss } = useSelling()
  return (
    <div className={classes.messageBar} role="alert">
      {message !== undefined && (
        <div key={message.id} className={classes.message}>
          <IconAlertTriangle aria-hidden size={22} />
          <p>{message.text}</p>
          <ActionIcon variant="transparent" c="inherit" size={44} aria-label={t('Dismiss')} onClick={dismiss}>
            <IconX aria-hidden size={20} />
          </ActionIcon>
        </div>
      )}
    </div>
  )
}
