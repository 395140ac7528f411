import { ActionIcon, type ActionIconProps } from '@mantine/core'
import { IconMenu2 } from '@tabler/icons-react'
import type { ComponentPropsWithRef } from 'react'
import { useTranslation } from 'react-i18next'

/** What opens the menu, before and after the menu's own file is there. */
export function MenuButton(props: ActionIconProps & ComponentPropsWithRef<'button'>) {
  const { t } = useTranslation()
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="inherit"
      size={48}
      radius="md"
      aria-label={t('Menu')}
      {...props}
    >
      <IconMenu2 aria-hidden />
    </ActionIcon>
  )
}
