import { ActionIcon, Button, Stack, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useRef } from 'react'
import { useOffice } from '../office-context.tsx'
import { MoneyField } from './money-field.tsx'
import classes from './settings.module.css'
import { type LoyaltyValues, newTier } from './subject-forms.ts'

const MOST_TIERS = 20

/** The tiers: one that is removed stays in view until it is saved, and can be put back. */
export function TierFields({ form }: { form: UseFormReturnType<LoyaltyValues> }) {
  const { newId } = useOffice()
  const adder = useRef<HTMLButtonElement>(null)
  const { tiers } = form.values
  const remove = (i: number) => {
    form.clearFieldError('tiers')
    if (!tiers[i]?.added) return form.setFieldValue(`tiers.${i}.removed`, true)
    form.removeListItem('tiers', i)
    adder.current?.focus()
  }
  return (
    <section className={classes.card} aria-labelledby="tiers">
      <h2 id="tiers" className={classes.cardTitle}>
        Tiers
      </h2>
      <Stack gap="md">
        {tiers.length === 0 && (
          <p className={classes.quiet}>No tiers: everybody’s points count once. Add one to multiply them.</p>
        )}
        {tiers.map((tier, i) =>
          tier.removed ? (
            <div key={tier.tierId} className={classes.tierGone}>
              <span>{tier.name} is removed when you save.</span>
              <Button
                variant="default"
                size="sm"
                autoFocus
                onClick={() => {
                  form.clearFieldError('tiers')
                  form.setFieldValue(`tiers.${i}.removed`, false)
                }}
              >
                Put {tier.name} back
              </Button>
            </div>
          ) : (
            <fieldset key={tier.tierId} className={classes.tier} aria-label={`Tier ${i + 1}`}>
              <TextInput
                label="Name"
                required
                // Whoever adds a tier, or puts one back, goes on with it.
                autoFocus={tier.added === true || tier.removed === false}
                {...form.getInputProps(`tiers.${i}.name`)}
              />
              <TextInput
                label="Points times"
                required
                inputMode="decimal"
                styles={{ input: { textAlign: 'right' } }}
                {...form.getInputProps(`tiers.${i}.multiplierPpm`)}
              />
              <MoneyField
                label="From a yearly spend of"
                required
                {...form.getInputProps(`tiers.${i}.spendFrom`)}
              />
              <ActionIcon
                className={classes.tierRemove ?? ''}
                variant="subtle"
                color="gray"
                c="inherit"
                size={36}
                aria-label={tier.name.trim() === '' ? 'Remove the new tier' : `Remove ${tier.name}`}
                onClick={() => remove(i)}
              >
                <IconTrash size={18} aria-hidden />
              </ActionIcon>
            </fieldset>
          ),
        )}
      </Stack>
      <p className={classes.wrong} role="alert">
        {form.errors.tiers}
      </p>
      {tiers.length < MOST_TIERS && (
        <Button
          ref={adder}
          mt="md"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => form.insertListItem('tiers', newTier(newId()))}
        >
          Add a tier
        </Button>
      )}
    </section>
  )
}
