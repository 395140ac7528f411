import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconDice5 } from '@tabler/icons-react'
import { focusFirst } from '../parts/focus-first.ts'
import { newPin } from './new-pin.ts'
import { NO_PIN, type PinValues } from './pin-values.ts'
import classes from './staff.module.css'

interface PinFieldsProps {
  readonly form: UseFormReturnType<PinValues>
  readonly focused?: boolean
}

/** A PIN, typed twice or made up; a made-up one is shown here and nowhere again. */
export function PinFields({ form, focused = false }: PinFieldsProps) {
  const { made, pin } = form.values
  const set = (values: PinValues) => {
    form.setValues(values)
    form.clearErrors()
  }
  if (made)
    return (
      <div>
        <Text size="sm" fw={500} mb={4} id="made-pin">
          PIN
        </Text>
        <div className={classes.made}>
          <p className={classes.pin} role="status" aria-labelledby="made-pin">
            {pin}
          </p>
          <Group gap="xs">
            <Button
              variant="default"
              size="xs"
              h={32}
              onClick={() => set({ ...NO_PIN, pin: newPin(), made })}
            >
              Another
            </Button>
            <Button variant="default" size="xs" h={32} onClick={() => set(NO_PIN)}>
              Type one instead
            </Button>
          </Group>
        </div>
        <Text
          size="sm"
          mt={8}
          {...(form.errors.pin ? { c: 'var(--ev-bad)', role: 'alert' } : { c: 'dimmed' })}
        >
          {form.errors.pin ?? 'Tell it to them now: once it is saved, nobody can look it up any more.'}
        </Text>
      </div>
    )
  return (
    <Stack gap="md">
      <Group grow align="flex-start">
        <PasswordInput
          label="PIN"
          inputMode="numeric"
          autoComplete="off"
          required
          ref={focused ? focusFirst : undefined}
          {...form.getInputProps('pin')}
        />
        <PasswordInput
          label="PIN again"
          inputMode="numeric"
          autoComplete="off"
          required
          {...form.getInputProps('again')}
        />
      </Group>
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed">
          4 to 8 digits, best typed by themselves.
        </Text>
        <Button
          variant="default"
          size="xs"
          h={32}
          leftSection={<IconDice5 size={16} aria-hidden />}
          onClick={() => set({ ...NO_PIN, pin: newPin(), made: true })}
        >
          Make one up
        </Button>
      </Group>
    </Stack>
  )
}
