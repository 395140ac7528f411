import { notifications } from '@mantine/notifications'
import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { playSound } from '../../devices/sound.ts'
import { useUnheardScans } from '../../devices/use-wedge-scanner.ts'

const NOTE = 'unheard-scan'

/** Says of a scan that the screen in view has no use for it: whoever scans looks at the goods and not at the screen. */
export function UnheardScans({ signedIn }: { readonly signedIn: boolean }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  // What it said is of the screen that was in view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen is the signal
  useEffect(() => void notifications.hide(NOTE), [pathname, signedIn])
  useUnheardScans((_, why) => {
    playSound('refused')
    // Said anew, and for as long as the first time.
    notifications.hide(NOTE)
    notifications.show({
      id: NOTE,
      color: 'red',
      title: t('The scan was not added'),
      message:
        why ??
        (signedIn
          ? t('This page takes no scans. Go back to selling, then scan again.')
          : t('Sign in first, then scan again.')),
    })
  })
  return null
}
