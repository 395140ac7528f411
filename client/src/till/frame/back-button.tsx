import { ActionIcon, Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'

export function BackButton({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="inherit"
      size={48}
      aria-label={children}
      title={children}
      onClick={onClick}
    >
      <IconArrowLeft aria-hidden />
    </ActionIcon>
  )
}

/** The same with its words, on pages that have the room. */
export function WordedBackButton({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <Button
      variant="subtle"
      color="gray"
      c="inherit"
      h={48}
      leftSection={<IconArrowLeft aria-hidden />}
      onClick={onClick}
    >
      {children}
    </Button>
  )
}
