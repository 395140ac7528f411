import { NativeSelect, Stack, Textarea, TextInput } from '@mantine/core'
import { LANGUAGE_NAMES, LANGUAGES } from '../../app/locale.ts'
import { useCurrency } from '../../app/money.tsx'
import { TextLink } from '../parts/links.tsx'
import { LogoCard } from './logo-card.tsx'
import classes from './settings.module.css'
import { SettingsForm } from './settings-form.tsx'
import { SettingsPage } from './settings-page.tsx'
import { readReceiptValues, receiptValues } from './subject-forms.ts'

export function ReceiptSettingsPage() {
  const currency = useCurrency()
  return (
    <SettingsPage
      title="Receipts"
      about="What stands around the sale: on screen, on paper and in the PDF. A copy of what was sold before has the name and the GST number of then."
    >
      <LogoCard />
      <SettingsForm
        name="receipts"
        values={receiptValues}
        read={(values) => readReceiptValues(values, currency)}
        ask={(before, after) =>
          before.gstRegistrationNo !== null && after.gstRegistrationNo === null
            ? {
                title: 'Take the GST number off?',
                confirm: 'Take the GST number off',
                words:
                  'Receipts are then no tax invoices, and customers cannot claim the GST. Do this only when the business is no longer registered.',
              }
            : undefined
        }
      >
        {(form) => (
          <Stack className={classes.card ?? ''} gap="lg">
            <TextInput
              label="Name of the company"
              description="The first line of every receipt, and the company’s name in head office: changed here, it is changed there too. A registered business prints its legal name here, or in the lines below."
              required
              {...form.getInputProps('companyName')}
            />
            <Textarea
              label="Lines under the name"
              description="UEN, phone, web address. A line each."
              autosize
              minRows={2}
              maxRows={6}
              {...form.getInputProps('header')}
            />
            <p className={classes.quiet}>
              Below them stands the address of the outlet that sold. It is set under{' '}
              <TextLink to="/settings/outlets" inherit underline="always">
                Outlets
              </TextLink>
              .
            </p>
            <TextInput
              label="GST registration number"
              description="With it a receipt is a tax invoice. Empty: not registered."
              placeholder="Not registered"
              spellCheck={false}
              {...form.getInputProps('gstRegistrationNo')}
            />
            <Textarea
              label="Lines at the end"
              description="Thanks, and how goods come back."
              autosize
              minRows={2}
              maxRows={8}
              {...form.getInputProps('footer')}
            />
            <NativeSelect
              label="Language of receipts"
              description="Whatever language the cashier uses on screen. Names of products stay as they are typed."
              data={LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
              {...form.getInputProps('language')}
            />
          </Stack>
        )}
      </SettingsForm>
    </SettingsPage>
  )
}
