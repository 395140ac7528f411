import { ActionIcon } from '@mantine/core'
import { IconCamera } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** At the end of a search field; for where there is a camera, see `useHasCamera`. */
export function CameraButton({ onCamera }: { onCamera: () => void }) {
  const { t } = useTranslation()
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={48}
      aria-label={t('Scan with the camera')}
      onClick={onCamera}
    >
      <IconCamera aria-hidden size={24} />
    </ActionIcon>
  )
}

let found = false

/** A phone or a tablet has one, asked or not; a counter is asked, which needs nobody's leave. */
export function useHasCamera(): boolean {
  const [has, setHas] = useState(() => found || matchMedia('(pointer: coarse)').matches)
  useEffect(() => {
    if (has) return
    void navigator.mediaDevices
      ?.enumerateDevices()
      .then((devices) => {
        found = devices.some(({ kind }) => kind === 'videoinput')
        setHas(found)
      })
      .catch(() => undefined)
  }, [has])
  return has
}
