import { useState } from 'react'
import { SettingsPanel } from '../settings/settings-panel.tsx'
import { isTraining } from '../training/training-mode.ts'
import { Clock } from './clock.tsx'
import classes from './frame.module.css'
import { SafetyChip } from './safety-chip.tsx'
import { ShortcutMap } from './shortcut-map.tsx'
import { TillMenu } from './till-menu.tsx'

export interface HeaderProps {
  /** Outlet, till, cashier: as many of them as are known. */
  readonly names: readonly string[]
  readonly timeZone?: string | undefined
  readonly signedIn: boolean
  readonly onTraining: () => void
}

export function Header({ names, timeZone, signedIn, onTraining }: HeaderProps) {
  const [mapOpened, setMapOpened] = useState(false)
  const [settingsOpened, setSettingsOpened] = useState(false)
  return (
    <header className={classes.header}>
      <p className={classes.where}>
        {names.map((name, i) => (
          <span key={name}>
            {i > 0 && <span aria-hidden> · </span>}
            {name}
          </span>
        ))}
      </p>
      {!isTraining() && (
        <div className={classes.chip}>
          <SafetyChip />
        </div>
      )}
      <Clock timeZone={timeZone} />
      <TillMenu
        signedIn={signedIn}
        onShortcuts={() => setMapOpened(true)}
        onSettings={() => setSettingsOpened(true)}
        onTraining={onTraining}
      />
      <ShortcutMap opened={mapOpened} setOpened={setMapOpened} />
      <SettingsPanel opened={settingsOpened} onClose={() => setSettingsOpened(false)} />
    </header>
  )
}
