import { IconSearch, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type Ref, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CameraButton, useHasCamera } from '../camera/camera-button.tsx'
import classes from './products.module.css'

export interface SearchFieldProps {
  readonly ref: Ref<HTMLInputElement>
  readonly text: string
  readonly onText: (text: string) => void
  readonly onEnter: () => void
  readonly onMove: (by: 1 | -1) => void
  readonly onCamera: () => void
}

/** Plain elements: it is rendered with every letter. */
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
    <div className={classes.searchField}>
      <IconSearch className={classes.searchIcon} aria-hidden size={22} />
      <input
        ref={ref}
        type="search"
        className={classes.searchInput}
        aria-label={t('Search or scan')}
        aria-controls="products"
        aria-keyshortcuts="F2"
        placeholder={t('Search or scan…')}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="done"
        // biome-ignore lint/a11y/noAutofocus: what is scanned or typed goes here first
        autoFocus={focusFirst}
      />
      <div className={classes.searchButton}>
        {text !== '' ? (
          <button type="button" aria-label={t('Clear the search')} onClick={() => onText('')}>
            <IconX aria-hidden size={20} />
          </button>
        ) : (
          hasCamera && <CameraButton onCamera={onCamera} />
        )}
      </div>
    </div>
  )
}
