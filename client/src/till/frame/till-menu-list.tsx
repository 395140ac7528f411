import { Menu } from '@mantine/core'
import {
  IconBarcode,
  IconBuildingStore,
  IconCashRegister,
  IconDeviceDesktop,
  IconGift,
  IconHeartbeat,
  IconKeyboard,
  IconLogout,
  IconPrinter,
  IconReceipt,
  IconRefresh,
  IconSchool,
  IconShoppingCart,
  IconUserCog,
} from '@tabler/icons-react'
import { useLocation } from '@tanstack/react-router'
import { useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { activateUpdate, onUpdateState, updateState } from '../../app/service-worker.ts'
import { signOut } from '../../store/session.ts'
import { useGo } from '../go.ts'
import { StaffContext, useOpenSale, useServices } from '../till-context.tsx'
import { isTraining } from '../training/training-mode.ts'
import classes from './frame.module.css'
import { MenuButton } from './menu-button.tsx'
import type { TillMenuProps } from './till-menu.tsx'

/** Mounted when the menu is first asked for, and open from then on. */
export function TillMenuList({ signedIn, onShortcuts, onSettings, onTraining }: TillMenuProps) {
  const { t } = useTranslation()
  const { db } = useServices()
  const go = useGo()
  const { pathname } = useLocation()
  const staff = useContext(StaffContext)
  const { cart } = useOpenSale()
  const update = useSyncExternalStore(onUpdateState, updateState)
  const button = useRef<HTMLButtonElement>(null)
  const [opened, setOpened] = useState(false)
  // As if this button had been pressed: closing gives the focus back to it.
  useEffect(() => {
    button.current?.focus()
    setOpened(true)
  }, [])
  return (
    <Menu
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={280}
      withinPortal={false}
      classNames={{ item: classes.menuItem ?? '', dropdown: classes.menu ?? '' }}
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
            <Menu.Item leftSection={<IconGift aria-hidden />} onClick={() => go('/gift-cards')}>
              {t('Gift cards and vouchers')}
            </Menu.Item>
            <Menu.Item leftSection={<IconReceipt aria-hidden />} onClick={() => go('/receipts')}>
              {t('Receipts')}
            </Menu.Item>
            <Menu.Item leftSection={<IconCashRegister aria-hidden />} onClick={() => go('/drawer')}>
              {t('Shift and drawer')}
            </Menu.Item>
            <Menu.Item leftSection={<IconPrinter aria-hidden />} onClick={() => go('/printing')}>
              {t('Printer')}
            </Menu.Item>
            <Menu.Item leftSection={<IconBarcode aria-hidden />} onClick={() => go('/scanner')}>
              {t('Scanner')}
            </Menu.Item>
            {/* Nothing of what is practised would be on it. */}
            {!isTraining() && (
              <Menu.Item
                leftSection={<IconDeviceDesktop aria-hidden />}
                onClick={() => window.open('/customer', 'evertill-customer', 'popup')}
              >
                {t('Customer screen')}
              </Menu.Item>
            )}
          </>
        )}
        {!isTraining() && (
          <Menu.Item leftSection={<IconHeartbeat aria-hidden />} onClick={() => go('/health')}>
            {t('Health of this till')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconKeyboard aria-hidden />} onClick={onShortcuts}>
          {t('Keyboard shortcuts')}
        </Menu.Item>
        {update === 'update-waiting' && cart.lines.length === 0 && (
          <Menu.Item leftSection={<IconRefresh aria-hidden />} onClick={activateUpdate}>
            {t('Update Evertill now')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconUserCog aria-hidden />} onClick={onSettings}>
          {signedIn ? t('My settings') : t('Settings of this till')}
        </Menu.Item>
        {(isTraining() || staff?.permissions.includes('till.train')) && (
          <Menu.Item leftSection={<IconSchool aria-hidden />} onClick={onTraining}>
            {isTraining() ? t('End training…') : t('Training…')}
          </Menu.Item>
        )}
        <Menu.Item component="a" href="/office" leftSection={<IconBuildingStore aria-hidden />}>
          {t('Head office')}
        </Menu.Item>
        {signedIn && (
          <Menu.Item
            leftSection={<IconLogout aria-hidden />}
            onClick={() => {
              // Whoever comes next begins with a sale, not with one that is paid.
              if (pathname.startsWith('/paid/')) go('/')
              void signOut(db)
            }}
          >
            {t('Sign out')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
