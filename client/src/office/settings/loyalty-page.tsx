import type { LoyaltySettings } from '@evertill/shared/protocol/office/settings'
import { Stack } from '@mantine/core'
import { useCurrency, useMoneyText } from '../../app/money.tsx'
import { MoneyField } from './money-field.tsx'
import { type PointsWords, pointsWords } from './points-words.ts'
import classes from './settings.module.css'
import { type Question, SettingsForm } from './settings-form.tsx'
import { SettingsPage } from './settings-page.tsx'
import { loyaltyValues, readLoyaltyValues } from './subject-forms.ts'
import { TierFields } from './tier-fields.tsx'

export function LoyaltyPage() {
  const currency = useCurrency()
  const money = useMoneyText()
  const question = (before: LoyaltySettings, after: LoyaltySettings): Question | undefined => {
    const words: PointsWords | undefined = pointsWords(before.pointValue, after.pointValue, money)
    return words && { ...words, words: <p>{words.words}</p> }
  }
  return (
    <SettingsPage title="Loyalty" about="What customers earn, and what their points pay.">
      <SettingsForm
        name="loyalty"
        values={(settings) => loyaltyValues(settings, currency)}
        read={(values) => readLoyaltyValues(values, currency)}
        ask={question}
      >
        {(form) => (
          <>
            <Stack className={classes.card ?? ''} gap="lg">
              <MoneyField
                label="Spend that earns a point"
                description="Each full amount of this earns one point, times the multiplier of the customer’s tier. Empty: nothing earns points."
                placeholder="Nothing earns points"
                {...form.getInputProps('minorPerPoint')}
              />
              <MoneyField
                label="What a point pays"
                description="Empty: points cannot be paid with."
                placeholder="Points pay nothing"
                {...form.getInputProps('pointValue')}
              />
            </Stack>
            <TierFields form={form} />
          </>
        )}
      </SettingsForm>
    </SettingsPage>
  )
}
