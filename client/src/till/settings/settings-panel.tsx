import { useState } from 'react'
import { later } from '../../app/later.tsx'

const SettingsSheet = later(async () => (await import('./settings-sheet.tsx')).SettingsSheet)

/** The sheet, from the moment it is first asked for. */
export function SettingsPanel(props: { opened: boolean; onClose: () => void }) {
  const [wanted, setWanted] = useState(false)
  if (props.opened && !wanted) setWanted(true)
  return wanted && <SettingsSheet {...props} />
}
