import { Button, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './pay.module.css'

interface AskFirstProps {
  readonly title: string
  readonly words: string
  /** What it does, with its amount. */
  readonly yes: string
  readonly onYes: () => void
  readonly onClose: () => void
}

/** Before money moves in a way that nobody may have meant: whoever presses Enter once more takes nothing. */
export function AskFirst({ title, words, yes, onYes, onClose }: AskFirstProps) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      size={480}
      title={title}
      closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
    >
      <p className={classes.askWords}>{words}</p>
      <div className={classes.askWays}>
        <Button h={56} variant="default" data-autofocus onClick={onClose}>
          {t('Cancel')}
        </Button>
        <Button h={56} onClick={onYes}>
          {yes}
        </Button>
      </div>
    </Modal>
  )
}
