import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core'
import {
  IconBuildingStore,
  IconCashRegister,
  IconDeviceDesktop,
  IconHeartbeat,
  IconKeyboard,
  IconLogout,
  IconMenu2,
  IconMoon,
  IconReceipt,
  IconRefresh,
  IconShoppingCart,
  IconSun,
} from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { activateUpdate, onUpdateState, updateState } from '../../app/service-worker.ts'
import { signOut } from '../../store/session.ts'
import { useGo } from '../go.ts'
import { useOpenSale, useServices } from '../till-context.tsx'
import classes from './frame.module.css'

const SCHEMES = ['light', 'dark', 'auto'] as const
const SCHEME_ICONS = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const

export function TillMenu({ signedIn, onShortcuts }: { signedIn: boolean; onShortcuts: () => void }) {
  const { t } = useTranslation()
  const { db } = useServices()
  const go = useGo()
  const { cart } = useOpenSale()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const update = useSyncExternalStore(onUpdateState, updateState)
  const schemeNames = { light: t('Light theme'), dark: t('Dark theme'), auto: t('Theme of the device') }
  return (
    <Menu
      position="bottom-end"
      width={280}
      withinPortal={false}
      classNames={{ item: classes.menuItem ?? '' }}
    >
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" c="inherit" size={48} radius="md" aria-label={t('Menu')}>
          <IconMenu2 aria-hidden />
        </ActionIcon>
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
