import { Button, CopyButton, Group, Stack, Text } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import classes from './staff.module.css'

interface MadePasswordProps {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly onDone: () => void
}

/** Shown here, once, and nowhere again. */
export function MadePassword({ name, email, password, onDone }: MadePasswordProps) {
  return (
    <Stack gap="lg">
      <div>
        <Text size="sm" fw={500} mb={4} id="made-password">
          Password for {name}
        </Text>
        <div className={classes.made}>
          <p className={classes.password} role="status" aria-labelledby="made-password">
            {password}
          </p>
          {/* Where the browser lets no page copy, the password is marked by one click on it. */}
          {'clipboard' in navigator && (
            <CopyButton value={password}>
              {({ copied, copy }) => (
                <Button
                  variant="default"
                  size="xs"
                  h={32}
                  leftSection={
                    copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
                  }
                  onClick={copy}
                >
                  {copied ? 'Copied' : 'Copy'}
                </Button>
              )}
            </CopyButton>
          )}
        </div>
        <Text size="sm" mt={8}>
          Give it to them now: once this is closed, nobody can look it up any more. If it is lost, make a new
          one.
        </Text>
      </div>
      <Text size="sm" c="dimmed">
        {name} signs in with {email} and this password, and is then asked to choose their own.
      </Text>
      <Group justify="flex-end">
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  )
}
