import { Stack, TextInput } from '@mantine/core'
import { useCurrency } from '../../app/money.tsx'
import { MoneyField } from './money-field.tsx'
import classes from './settings.module.css'
import { SettingsForm } from './settings-form.tsx'
import { SettingsPage } from './settings-page.tsx'
import { offlineValues, readOfflineValues } from './subject-forms.ts'

export function OfflineLimitsPage() {
  const currency = useCurrency()
  return (
    <SettingsPage
      title="Offline limits"
      about="A till that is offline cannot know what was spent elsewhere. This is the most it takes before head office has heard of it: what could be lost if the same is spent at two tills."
    >
      <SettingsForm
        name="offline-limits"
        values={(settings) => offlineValues(settings, currency)}
        read={(values) => readOfflineValues(values, currency)}
      >
        {(form) => (
          <Stack className={classes.card ?? ''} gap="lg">
            <TextInput
              label="Points of one customer"
              description="0: no points are taken offline."
              required
              inputMode="numeric"
              styles={{ input: { textAlign: 'right' } }}
              {...form.getInputProps('points')}
            />
            <MoneyField
              label="Worth of one gift card, voucher or store credit"
              description="0: no code is taken offline."
              required
              {...form.getInputProps('value')}
            />
          </Stack>
        )}
      </SettingsForm>
    </SettingsPage>
  )
}
