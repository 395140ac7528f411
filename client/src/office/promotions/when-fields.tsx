import { Chip, Group, Input, Stack, Switch, TextInput } from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import { CALENDAR } from '../parts/calendar.ts'
import type { FieldsProps } from './offer-fields.tsx'
import classes from './promotion.module.css'
import { DAY_NAMES } from './promotion-words.ts'

/** When. Dates and hours are those of each outlet’s own clock. */
export function WhenFields({ form, disabled }: FieldsProps) {
  const day = {
    ...CALENDAR,
    clearable: true,
    valueFormat: 'ddd D MMM YYYY',
    disabled,
  }
  return (
    <Stack gap="lg">
      <Group grow align="flex-start">
        <DatePickerInput
          {...day}
          label="First day"
          placeholder="At once"
          clearButtonProps={{ 'aria-label': 'Begin at once' }}
          {...form.getInputProps('from')}
        />
        <DatePickerInput
          {...day}
          label="Last day"
          placeholder="Until it is ended"
          clearButtonProps={{ 'aria-label': 'No last day' }}
          {...form.getInputProps('until')}
        />
      </Group>
      <Switch
        label="Only on some days or at some hours"
        disabled={disabled}
        {...form.getInputProps('atHours', { type: 'checkbox' })}
      />
      {form.values.atHours && (
        <>
          <Input.Wrapper
            label="Days"
            labelElement="div"
            labelProps={{ id: 'days-label' }}
            error={form.errors.days}
          >
            <Chip.Group
              multiple
              value={form.values.days}
              onChange={(days) => form.setFieldValue('days', days)}
            >
              <Group gap="sm" role="group" aria-labelledby="days-label" className={classes.chips ?? ''}>
                {DAY_NAMES.map(({ value, label }) => (
                  <Chip key={value} value={value} disabled={disabled}>
                    {label}
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
          </Input.Wrapper>
          <Group grow align="flex-start">
            <TextInput type="time" label="From" required {...form.getInputProps('fromTime')} />
            <TextInput
              type="time"
              label="Until"
              description="An earlier time is one of the next day."
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              required
              {...form.getInputProps('untilTime')}
            />
          </Group>
        </>
      )}
    </Stack>
  )
}
