import { ActionIcon } from '@mantine/core'
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
