import { ActionIcon, TextInput } from '@mantine/core'
import { IconCamera, IconSearch, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type Ref, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './products.module.css'

export interface SearchFieldProps {
  readonly ref: Ref<HTMLInputElement>
  readonly text: string
  readonly onText: (text: string) => void
  readonly onEnter: () => void
  readonly onMove: (by: 1 | -1) => void
  readonly onCamera: () => void
}

export function SearchField({ ref, text, onText, onEnter, onMove, onCamera }: SearchFieldProps) {
  const { t } = useTranslation()
  // With a mouse the field is ready to type into; on a touch screen a keyboard would cover the products.
  const [focusFirst] = useState(() => matchMedia('(pointer: fine)').matches)
  const hasCamera = useHasCamera()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') onEnter()
    else if (event.key === 'ArrowDown' && text !== '') onMove(1)
    else if (event.key === 'ArrowUp' && text !== '') onMove(-1)
    else return
    event.preventDefault()
  }
  return (
    <TextInput
      ref={ref}
      type="search"
      size="lg"
      className={classes.searchField ?? ''}
      aria-label={t('Search or scan')}
      aria-controls="products"
      aria-keyshortcuts="F2"
      placeholder={t('Search or scan…')}
      value={text}
      onChange={(event) => onText(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      leftSection={<IconSearch aria-hidden size={22} />}
      rightSection={
        text !== '' ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={48}
            aria-label={t('Clear the search')}
            onClick={() => onText('')}
          >
            <IconX aria-hidden size={20} />
          </ActionIcon>
        ) : (
          hasCamera && (
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
        )
      }
      rightSectionWidth={52}
      autoComplete="off"
      autoCorrect="off"
      autoCapitalize="off"
      spellCheck={false}
      enterKeyHint="done"
      autoFocus={focusFirst}
    />
  )
}

/** A phone or a tablet has one, asked or not; a counter is asked, which needs nobody's leave. */
function useHasCamera(): boolean {
  const [has, setHas] = useState(() => matchMedia('(pointer: coarse)').matches)
  useEffect(() => {
    void navigator.mediaDevices
      ?.enumerateDevices()
      .then((devices) => devices.some(({ kind }) => kind === 'videoinput') && setHas(true))
      .catch(() => undefined)
  }, [])
  return has
}
