import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useCover } from './cover.ts'
import { ProblemNote } from './problem-note.tsx'

interface ConfirmProps {
  readonly opened: boolean
  readonly title: string
  /** Names the thing: `Delete Kopi-O bag`, never OK. */
  readonly confirm: string
  readonly cancel?: string
  /** Red for what takes something away. */
  readonly tone?: 'red' | 'plain'
  readonly pending?: boolean
  readonly error?: unknown
  readonly onConfirm: () => void
  readonly onClose: () => void
  /** What it means. */
  readonly children: ReactNode
}

/** Asks before what cannot be undone. */
export function Confirm(props: ConfirmProps) {
  useCover(props.opened)
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="lg">
        <Text size="sm" component="div">
          {props.children}
        </Text>
        <ProblemNote error={props.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose} data-autofocus>
            {props.cancel ?? 'Cancel'}
          </Button>
          <Button
            {...(props.tone !== 'plain' && { color: 'red' })}
            loading={props.pending ?? false}
            onClick={props.onConfirm}
          >
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
