import { useState } from 'react'
import { later } from '../../app/later.tsx'
import type { TrainingDialogProps } from './training-dialog.tsx'

const TrainingDialog = later(async () => (await import('./training-dialog.tsx')).TrainingDialog)

/** The dialog, from the moment it is first asked for. */
export function TrainingPanel(props: TrainingDialogProps) {
  const [wanted, setWanted] = useState(false)
  if (props.opened && !wanted) setWanted(true)
  return wanted && <TrainingDialog {...props} />
}
