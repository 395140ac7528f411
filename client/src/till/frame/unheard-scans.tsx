import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { playSound } from '../../devices/sound.ts'
import { useUnheardScans } from '../../devices/use-wedge-scanner.ts'

const NOTE = 'unheard-scan'

/** Says of a scan that the screen in view has no use for it: whoever scans looks at the goods and not at the screen. */
export function UnheardScans({ signedIn }: { readonly signedIn: boolean }) {
  const { t } = useTranslation()
  useUnheardScans(() => {
    playSound('refused')
    // What it said of another screen does not stand for this one.
    notifications.hide(NOTE)
    notifications.show({
      id: NOTE,
      color: 'red',
      title: t('The scan was not added'),
      message: signedIn
        ? t('This page takes no scans. Go back to selling, then scan again.')
        : t('Sign in first, then scan again.'),
    })
  })
  return null
}
