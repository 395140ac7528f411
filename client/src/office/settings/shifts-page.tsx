import { Checkbox, Stack, TextInput } from '@mantine/core'
import { useCurrency } from '../../app/money.tsx'
import { MoneyField } from './money-field.tsx'
import classes from './settings.module.css'
import { SettingsForm } from './settings-form.tsx'
import { SettingsPage } from './settings-page.tsx'
import { readShiftValues, shiftValues } from './subject-forms.ts'

export function ShiftSettingsPage() {
  const currency = useCurrency()
  return (
    <SettingsPage
      title="Shifts and drawer"
      about="How a drawer is counted and closed, and for how long a sale can be voided."
    >
      <SettingsForm
        name="shifts"
        values={(settings) => shiftValues(settings, currency)}
        read={(values) => readShiftValues(values, currency)}
        ask={(before, after) =>
          before.blindCount && !after.blindCount
            ? {
                title: 'Show cashiers what should be there?',
                confirm: 'Show the expected cash',
                words:
                  'Whoever closes a shift then sees the expected cash before counting. A drawer that is short can be counted to fit, and nobody finds out.',
              }
            : undefined
        }
      >
        {(form) => (
          <Stack className={classes.card ?? ''} gap="lg">
            <Checkbox
              label="Work by shifts"
              description="A till that has no shift open says so before it sells, and Today tells what was sold in none. Off: tills sell without a word."
              {...form.getInputProps('worksByShifts', { type: 'checkbox' })}
            />
            <Checkbox
              label="Count blind"
              description="The drawer is counted before the till says what should be in it."
              {...form.getInputProps('blindCount', { type: 'checkbox' })}
            />
            <MoneyField
              label="Difference that needs a reason"
              description="A drawer that differs by more than this is closed only with a reason. Empty: no reason is ever asked for."
              placeholder="Never asked"
              {...form.getInputProps('varianceLimit')}
            />
            <TextInput
              label="Minutes in which a sale can be voided"
              description="Afterwards it is refunded instead. Empty: until the business day ends."
              placeholder="Until the day ends"
              inputMode="numeric"
              {...form.getInputProps('voidWindowMinutes')}
            />
          </Stack>
        )}
      </SettingsForm>
    </SettingsPage>
  )
}
