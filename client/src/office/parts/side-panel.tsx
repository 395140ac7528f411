import { Drawer } from '@mantine/core'
import { type ReactNode, useState, useSyncExternalStore } from 'react'
import { useOffice } from '../office-context.tsx'
import { CoverContext } from './cover.ts'
import classes from './side-panel.module.css'

interface SidePanelProps {
  readonly opened: boolean
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** One thing of a list, over the list; on a phone over all of it. */
export function SidePanel({ opened, title, onClose, children }: SidePanelProps) {
  const { sessionEnd } = useOffice()
  const ended = useSyncExternalStore(sessionEnd.subscribe, sessionEnd.ended)
  const [covered, setCovered] = useState(false)
  return (
    <Drawer
      opened={opened}
      // A moment later: a question asked because of this Escape must not be answered by it.
      onClose={() => setTimeout(onClose)}
      closeOnEscape={!covered && !ended}
      position="right"
      size={480}
      title={title}
      closeButtonProps={{ 'aria-label': 'Close', size: 'lg' }}
      overlayProps={{ backgroundOpacity: 0.35 }}
      classNames={{
        content: classes.content ?? '',
        header: classes.header ?? '',
        title: classes.title ?? '',
        body: classes.body ?? '',
      }}
    >
      <CoverContext value={setCovered}>{children}</CoverContext>
    </Drawer>
  )
}
