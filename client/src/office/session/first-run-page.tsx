import { type FirstRun, zFirstRun } from '@evertill/shared/protocol/office'
import { Button, Fieldset, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { fieldErrors } from '../api/office-error.ts'
import { useOffice } from '../office-context.tsx'
import { focusFirst } from '../parts/focus-first.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { asSentences, formErrors } from '../words/form-errors.ts'
import { Welcome } from './welcome.tsx'

const empty = (): FirstRun => ({
  // The link printed where the server was started carries it.
  setupCode: window.location.hash.slice(1),
  companyName: '',
  outletName: '',
  ownerName: '',
  email: '',
  password: '',
  pin: '',
})

export function FirstRunPage() {
  const { api } = useOffice()
  const router = useRouter()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: empty(),
    validate: (typed) => formErrors(zFirstRun, typed),
    validateInputOnBlur: true,
  })
  const create = useMutation({
    mutationFn: async (company: FirstRun) => {
      await api.createCompany(company)
      await api.signIn(company.email, company.password)
    },
    onSuccess: () => router.navigate({ to: '/' }),
    onError: (error) => form.setErrors(asSentences(fieldErrors(error))),
  })
  return (
    <Welcome
      title="Welcome"
      intro="Name your company and its first shop, and say who runs it. You can change all of this later."
    >
      <form noValidate onSubmit={form.onSubmit((company) => create.mutate(company))}>
        <Stack gap="xl">
          <Fieldset legend="Your business" variant="unstyled">
            <Stack gap="lg">
              <TextInput
                label="Company"
                description="The first line of every receipt"
                autoComplete="organization"
                ref={focusFirst}
                key={form.key('companyName')}
                {...form.getInputProps('companyName')}
              />
              <TextInput
                label="First outlet"
                description="The shop's name: receipts show it under the company's"
                key={form.key('outletName')}
                {...form.getInputProps('outletName')}
              />
            </Stack>
          </Fieldset>
          <Fieldset legend="You" variant="unstyled">
            <Stack gap="lg">
              <TextInput
                label="Your name"
                autoComplete="name"
                key={form.key('ownerName')}
                {...form.getInputProps('ownerName')}
              />
              <TextInput
                label="E-mail"
                type="email"
                autoComplete="username"
                spellCheck={false}
                key={form.key('email')}
                {...form.getInputProps('email')}
              />
              <PasswordInput
                label="Password"
                description="For head office: 10 characters or more"
                autoComplete="new-password"
                key={form.key('password')}
                {...form.getInputProps('password')}
              />
              <PasswordInput
                label="PIN"
                description="For the till: 4 to 8 digits"
                inputMode="numeric"
                autoComplete="off"
                key={form.key('pin')}
                {...form.getInputProps('pin')}
              />
            </Stack>
          </Fieldset>
          <TextInput
            label="Setup code"
            description="Printed where the server was started, so that only you can do this"
            autoComplete="off"
            spellCheck={false}
            key={form.key('setupCode')}
            {...form.getInputProps('setupCode')}
          />
          <ProblemNote error={create.error} />
          <Button type="submit" size="md" loading={create.isPending} fullWidth>
            Create company
          </Button>
        </Stack>
      </form>
    </Welcome>
  )
}
