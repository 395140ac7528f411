import { useState } from 'react'
import { later } from '../../app/later.tsx'
import { MenuButton } from './menu-button.tsx'

export interface TillMenuProps {
  readonly signedIn: boolean
  readonly onShortcuts: () => void
  readonly onSettings: () => void
  readonly onTraining: () => void
}

const TillMenuList = later(
  async () => (await import('./till-menu-list.tsx')).TillMenuList,
  () => <MenuButton aria-busy />,
)

export function TillMenu(props: TillMenuProps) {
  const [wanted, setWanted] = useState(false)
  if (wanted) return <TillMenuList {...props} />
  return <MenuButton aria-haspopup="menu" aria-expanded={false} onClick={() => setWanted(true)} />
}
