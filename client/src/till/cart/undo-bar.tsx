import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useSelling } from '../selling.tsx'
import classes from './cart.module.css'

const SHOWN_MS = 10_000

/** Floats over the last line for a while: taking back is one tap, and nothing moves for it. */
export function UndoBar() {
  const { t } = useTranslation()
  const { undo, takeBack, forgetUndo } = useSelling()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new removal gets its own time
  useEffect(() => {
    if (undo === undefined) return
    const timer = setTimeout(forgetUndo, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [undo])
  return (
    <div className={classes.undoFrame} role="status">
      {undo !== undefined && (
        <div className={classes.undo}>
          <span>{undo.text}</span>
          <Button size="md" h={48} variant="white" color="dark" onClick={takeBack}>
            {t('Undo')}
          </Button>
        </div>
      )}
    </div>
  )
}
