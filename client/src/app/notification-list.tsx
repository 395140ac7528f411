import { MantineThemeProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'

/** Where notifications appear. What was told before it came is kept for it. */
export function NotificationList() {
  const { t } = useTranslation()
  const closeButtonProps = { 'aria-label': t('Close'), size: 44 }
  return (
    <MantineThemeProvider theme={{ components: { Notification: { defaultProps: { closeButtonProps } } } }}>
      <Notifications position="top-center" limit={3} autoClose={5000} />
    </MantineThemeProvider>
  )
}
