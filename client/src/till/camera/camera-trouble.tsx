import { Button } from '@mantine/core'
import { IconCameraOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../app/empty-state.tsx'
import type { CameraEnd } from '../../devices/camera/run-camera.ts'

export interface CameraTroubleProps {
  readonly code: CameraEnd
  readonly onRetry: () => void
  readonly onLeave: () => void
}

/** Why there is no picture, and the ways on: nobody needs a camera to sell. */
export function CameraTrouble({ code, onRetry, onLeave }: CameraTroubleProps) {
  const { t } = useTranslation()
  const words = {
    refused: {
      title: t('The camera is not allowed'),
      text: t('Allow it for this page in the browser’s settings, then try again.'),
    },
    none: { title: t('No camera was found'), text: t('Connect one and try again, or use a scanner.') },
    busy: {
      title: t('The camera gives no picture'),
      text: t('Another app may be using it. Close that app and try again.'),
    },
    unsupported: {
      title: t('This page cannot use a camera'),
      text: t('Browsers allow it only on an address that starts with https. Ask head office for that one.'),
    },
    unreadable: {
      title: t('The camera cannot read barcodes now'),
      text: t(
        'Load the page again. If it stays like this, go online once: what reads them comes from there.',
      ),
    },
  }[code]
  return (
    <div role="alert">
      <EmptyState
        icon={IconCameraOff}
        title={words.title}
        action={
          <Button.Group>
            {code !== 'unsupported' && (
              <Button variant="default" h={48} onClick={onRetry}>
                {t('Try again')}
              </Button>
            )}
            <Button variant="default" h={48} onClick={onLeave}>
              {t('Search instead')}
            </Button>
          </Button.Group>
        }
      >
        {words.text}
      </EmptyState>
    </div>
  )
}
