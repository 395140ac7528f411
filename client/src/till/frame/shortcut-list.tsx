import { Kbd, Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './frame.module.css'

export function ShortcutList({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  // It opens after it was there closed: only then does it give the focus back to where it was.
  const [open, setOpen] = useState(false)
  useEffect(() => setOpen(opened), [opened])
  const rows: readonly (readonly [string, string])[] = [
    ['F2', t('Search or scan')],
    ['F4', t('Customer')],
    ['F6', t('Hold or resume a sale')],
    ['F8', t('Discount on the bill')],
    ['F9', t('Pay')],
    ['F12', t('Exact cash')],
    ['← →', t('Choose how to pay')],
    ['Esc', t('Back one step')],
    ['↑ ↓', t('Choose among the results')],
    ['Enter', t('Add the chosen result')],
    ['6 *', t('Six of what is added next')],
    ['?', t('This map')],
  ]
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={t('Keyboard shortcuts')}
      closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
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
