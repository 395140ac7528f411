import { Button, Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsHere } from '../../app/use-is-here.ts'
import { beginTraining, endTraining, openTrainingDatabase } from '../../store/training.ts'
import { useServices } from '../till-context.tsx'
import classes from './training.module.css'
import { enterTraining, isTraining, leaveTraining } from './training-mode.ts'

export interface TrainingDialogProps {
  readonly opened: boolean
  readonly onClose: () => void
}

/** Asks before training begins, and before what was practised is thrown away. */
export function TrainingDialog({ opened, onClose }: TrainingDialogProps) {
  const { t } = useTranslation()
  const ending = isTraining()
  // It opens after it was there closed: only then does it give the focus back to where it was.
  const [open, setOpen] = useState(false)
  useEffect(() => setOpen(opened), [opened])
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={ending ? t('End training?') : t('Start training?')}
      closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
    >
      {ending ? <End onClose={onClose} /> : <Begin onClose={onClose} />}
    </Modal>
  )
}

function Begin({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { db } = useServices()
  const [share, setShare] = useState<number>()
  const [refusal, setRefusal] = useState('')
  const isHere = useIsHere()
  const start = async () => {
    setRefusal('')
    setShare(0)
    const begun = await beginTraining(db, openTrainingDatabase(), setShare).catch(() => undefined)
    // Closed meanwhile: whoever went on selling is not to find themselves practising.
    if (!isHere.current) return
    if (begun === 'begun') return enterTraining()
    setShare(undefined)
    setRefusal(
      t(
        'This device could not make the copy to practise on. Free some space, then try again. Nothing has changed.',
      ),
    )
  }
  return (
    <>
      <p className={classes.words}>
        {t(
          'A copy of this till to practise on: the same products, prices and people. Nothing that is done there counts, is sent or moves stock, and its receipts say TRAINING. The real till waits, with its open sale, and goes on sending what it has.',
        )}
      </p>
      <p className={classes.refusal} role="alert">
        {refusal}
      </p>
      {share === undefined ? (
        <div className={classes.ways}>
          <Button h={48} variant="default" onClick={onClose}>
            {t('Back')}
          </Button>
          <Button h={48} data-autofocus onClick={() => void start()}>
            {t('Start training')}
          </Button>
        </div>
      ) : (
        <progress className={classes.progress} value={share} aria-label={t('Copying the catalogue')} />
      )}
    </>
  )
}

function End({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { db } = useServices()
  const end = async () => {
    // Should it not let itself be thrown away now, it is before the next training.
    await endTraining(db).catch(() => undefined)
    leaveTraining()
  }
  return (
    <>
      <p className={classes.words}>
        {t(
          'Everything that was practised is thrown away. The real till comes back as it was, and asks for a PIN.',
        )}
      </p>
      <div className={classes.ways}>
        <Button h={48} variant="default" onClick={onClose}>
          {t('Go on practising')}
        </Button>
        <Button h={48} data-autofocus onClick={() => void end()}>
          {t('End training')}
        </Button>
      </div>
    </>
  )
}
