import { Menu, useMantineColorScheme } from '@mantine/core'
import {
  IconBuildingStore,
  IconCashRegister,
  IconDeviceDesktop,
  IconHeartbeat,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconReceipt,
  IconRefresh,
  IconShoppingCart,
  IconSun,
} from '@tabler/icons-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { activateUpdate, onUpdateState, updateState } from '../../app/service-worker.ts'
import { signOut } from '../../store/session.ts'
import { useGo } from '../go.ts'
import { useOpenSale, useServices } from '../till-context.tsx'
import classes from './frame.module.css'
import { MenuButton } from './menu-button.tsx'
import type { TillMenuProps } from './till-menu.tsx'

const SCHEMES = ['light', 'dark', 'auto'] as const
const SCHEME_ICONS = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const

/** Mounted when the menu is first asked for, and open from then on. */
export function TillMenuList({ signedIn, onShortcuts }: TillMenuProps) {
  const { t } = useTranslation()
  const { db } = useServices()
  const go = useGo()
  const { cart } = useOpenSale()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const update = useSyncExternalStore(onUpdateState, updateState)
  const button = useRef<HTMLButtonElement>(null)
  const [opened, setOpened] = useState(false)
  // As if this button had been pressed: closing gives the focus back to it.
  useEffect(() => {
    button.current?.focus()
    setOpened(true)
  }, [])
  const schemeNames = { light: t('Light theme'), dark: t('Dark theme'), auto: t('Theme of the device') }
  return (
    <Menu
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={280}
      withinPortal={false}
      classNames={{ item: classes.menuItem ?? '' }}
    >
      <Menu.Target>
        <MenuButton ref={button} />
      </Menu.Target>
      <Menu.Dropdown>
        {signedIn && (
          <>
            <Menu.Item leftSection={<IconShoppingCart aria-hidden />} onClick={() => go('/')}>
              {t('Sell')}
            </Menu.Item>
            <Menu.Item leftSection={<IconReceipt aria-hidden />} onClick={() => go('/receipts')}>
              {t('Receipts')}
            </Menu.Item>
            <Menu.Item leftSection={<IconCashRegister aria-hidden />} onClick={() => go('/drawer')}>
              {t('Shift and drawer')}
            </Menu.Item>
          </>
        )}
        <Menu.Item leftSection={<IconHeartbeat aria-hidden />} onClick={() => go('/health')}>
          {t('Health of this till')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard aria-hidden />} onClick={onShortcuts}>
          {t('Keyboard shortcuts')}
        </Menu.Item>
        {update === 'update-waiting' && cart.lines.length === 0 && (
          <Menu.Item leftSection={<IconRefresh aria-hidden />} onClick={activateUpdate}>
            {t('Update Evertill now')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => setColorScheme(value as typeof colorScheme)}
        >
          {SCHEMES.map((scheme) => {
            const Icon = SCHEME_ICONS[scheme]
            return (
              <Menu.RadioItem key={scheme} value={scheme} rightSection={<Icon aria-hidden size={20} />}>
                {schemeNames[scheme]}
              </Menu.RadioItem>
            )
          })}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item component="a" href="/office" leftSection={<IconBuildingStore aria-hidden />}>
          {t('Head office')}
        </Menu.Item>
        {signedIn && (
          <Menu.Item leftSection={<IconLogout aria-hidden />} onClick={() => void signOut(db)}>
            {t('Sign out')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
