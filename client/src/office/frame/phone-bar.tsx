import {
  Button,
  Drawer,
  SegmentedControl,
  Stack,
  Text,
  UnstyledButton,
  useMantineColorScheme,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKey, IconLogout, IconMenu2 } from '@tabler/icons-react'
import { ButtonLink } from '../parts/links.tsx'
import { sayFailed } from '../parts/notes.ts'
import { useSignOut } from '../session/use-sign-out.ts'
import { COLOUR_SCHEMES } from './colour-scheme-items.tsx'
import { PlaceLink } from './place-link.tsx'
import classes from './rail.module.css'
import type { FrameProps } from './rail.tsx'

/** Four places fit under a thumb; the rest stand behind the fifth. */
const IN_BAR = 4
const THUMB_FIRST = ['/', '/sales', '/exceptions', '/stock'] as const

export function PhoneBar({ places, session, openExceptions }: FrameProps) {
  const [opened, drawer] = useDisclosure()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const signOut = useSignOut()
  const first = THUMB_FIRST.flatMap((to) => places.filter((place) => place.to === to)).slice(0, IN_BAR)
  const rest = places.filter((place) => !first.includes(place))
  return (
    <nav className={classes.bar} aria-label="Head office, short">
      {first.map((place) => (
        <PlaceLink key={place.to} place={place} openExceptions={openExceptions} />
      ))}
      <UnstyledButton className={classes.more} onClick={drawer.open} aria-haspopup="dialog">
        <IconMenu2 size={20} stroke={1.75} aria-hidden />
        <span>More</span>
      </UnstyledButton>
      <Drawer
        opened={opened}
        onClose={drawer.close}
        position="bottom"
        // As much as it needs, where there is as much.
        size="calc(min(90dvh, 592px))"
        title={session.companyName}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Stack gap="lg">
          <div>
            {rest.map((place) => (
              <PlaceLink
                key={place.to}
                place={place}
                openExceptions={openExceptions}
                onFollow={drawer.close}
              />
            ))}
          </div>
          <SegmentedControl
            aria-label="Colours"
            fullWidth
            value={colorScheme}
            onChange={(scheme) => setColorScheme(scheme as typeof colorScheme)}
            data={[...COLOUR_SCHEMES]}
          />
          <Text size="sm" c="dimmed">
            {session.userName} · {session.email}
          </Text>
          <ButtonLink
            to="/account"
            variant="default"
            leftSection={<IconKey size={16} aria-hidden />}
            onClick={drawer.close}
          >
            Your account
          </ButtonLink>
          <Button
            variant="default"
            leftSection={<IconLogout size={16} aria-hidden />}
            onClick={() => signOut().catch(sayFailed)}
          >
            Sign out
          </Button>
        </Stack>
      </Drawer>
    </nav>
  )
}
