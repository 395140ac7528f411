import { Kbd, Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './frame.module.css'
import { useShortcuts } from './use-shortcuts.ts'

const LONG_PRESS_MS = 500

export function ShortcutMap({ opened, setOpened }: { opened: boolean; setOpened: (open: boolean) => void }) {
  const { t } = useTranslation()
  const [held, setHeld] = useState(false)
  useShortcuts({ '?': () => setOpened(true) })
  useLongAlt(setHeld)
  const rows: readonly (readonly [string, string])[] = [
    ['F2', t('Search or scan')],
    ['F4', t('Customer')],
    ['F8', t('Discount on the bill')],
    ['F9', t('Pay')],
    ['F10', t('Exact cash')],
    ['Esc', t('Back one step')],
    ['↑ ↓', t('Choose among the results')],
    ['Enter', t('Add the chosen result')],
    ['?', t('This map')],
  ]
  return (
    <Modal
      opened={opened || held}
      onClose={() => setOpened(false)}
      title={t('Keyboard shortcuts')}
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      <dl className={classes.shortcuts}>
        {rows.map(([key, words]) => (
          <div key={key}>
            <dt>
              <Kbd size="md">{key}</Kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.hint}>
        {t('A barcode scanner works on every selling screen, wherever the cursor is.')}
      </p>
    </Modal>
  )
}

/** Holding Alt alone shows the map for as long as it is held. */
function useLongAlt(setHeld: (held: boolean) => void): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const release = () => {
      clearTimeout(timer)
      timer = undefined
      setHeld(false)
    }
    const onDown = (event: KeyboardEvent) => {
      if (event.key !== 'Alt') release()
      else if (!event.repeat) timer = setTimeout(() => setHeld(true), LONG_PRESS_MS)
    }
    window.addEventListener('keydown', onDown)
    window.addEventListener('keyup', release)
    window.addEventListener('blur', release)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('keydown', onDown)
      window.removeEventListener('keyup', release)
      window.removeEventListener('blur', release)
    }
  }, [setHeld])
}
