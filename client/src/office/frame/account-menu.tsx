import type { OfficeSession } from '@evertill/shared/protocol/office'
import { Menu, UnstyledButton } from '@mantine/core'
import { IconChevronUp, IconKey, IconLogout, IconUserCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { sayFailed } from '../parts/notes.ts'
import { useSignOut } from '../session/use-sign-out.ts'
import { ColourSchemeItems } from './colour-scheme-items.tsx'
import classes from './rail.module.css'

export function AccountMenu({ session }: { session: OfficeSession }) {
  const signOut = useSignOut()
  return (
    <Menu position="top-start" width={184} withinPortal={false} floatingStrategy="fixed">
      <Menu.Target>
        <UnstyledButton className={classes.account} aria-label={`Account of ${session.userName}`}>
          <IconUserCircle size={20} stroke={1.75} aria-hidden />
          <span>{session.userName}</span>
          <IconChevronUp size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{session.email}</Menu.Label>
        <Menu.Item component={Link} to="/account" leftSection={<IconKey size={16} aria-hidden />}>
          Your account
        </Menu.Item>
        <Menu.Divider />
        <ColourSchemeItems />
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() => signOut().catch(sayFailed)}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
