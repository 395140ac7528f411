import { ActionIcon, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type Ref, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CameraButton } from '../camera/camera-button.tsx'
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
          <CameraButton onCamera={onCamera} />
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
