import type { ProductSettings } from '@evertill/shared/protocol/office/products'
import type { Versioned } from '@evertill/shared/protocol/office/settings'
import {
  ActionIcon,
  Button,
  Checkbox,
  Code,
  Fieldset,
  Group,
  NativeSelect,
  Skeleton,
  Stack,
  Text,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { productSettingsQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { LeaveGuard } from '../parts/leave-guard.tsx'
import { TextLink } from '../parts/links.tsx'
import { sayDone } from '../parts/notes.ts'
import { QueryState } from '../parts/query-state.tsx'
import { SaveProblem } from '../parts/save-problem.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { useMay } from '../session/use-session.ts'
import { labelPicture, readSettings, type SettingsValues, settingsValues } from './settings-form.ts'

const PREFIXES = ['02', ...Array.from({ length: 10 }, (_, i) => String(20 + i))]
const CARRIES = [
  { value: 'weight', label: 'Weight' },
  { value: 'price', label: 'Price' },
  { value: 'count', label: 'Count' },
]

/** How scales label, over the list of products. */
export function ProductSettingsDrawer() {
  const { api } = useOffice()
  const navigate = useNavigate()
  const query = useQuery(productSettingsQuery(api))
  const close = () => navigate({ to: '/products', search: true })
  return (
    <SidePanel opened={true} onClose={() => void close()} title="Labels of scales">
      <QueryState query={query} failed="The settings did not load." skeleton={<Skeleton height={320} />}>
        {(loaded) => <SettingsForm key={loaded.version} loaded={loaded} onDone={close} />}
      </QueryState>
    </SidePanel>
  )
}

interface SettingsFormProps {
  readonly loaded: Versioned<ProductSettings>
  readonly onDone: () => Promise<void>
}

function SettingsForm({ loaded, onDone }: SettingsFormProps) {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const mayEdit = useMay('catalogue.edit')
  const mayManageStaff = useMay('staff.manage')
  const form = useForm<SettingsValues>({
    initialValues: settingsValues(loaded.settings),
    validate: (values) => {
      const read = readSettings(values)
      return read.ok ? {} : read.errors
    },
  })
  const finished = useRef(false)
  const reload = () => queryClient.invalidateQueries({ queryKey: ['product-settings'] })
  const save = useMutation({
    mutationFn: async (values: SettingsValues) => {
      const read = readSettings(values)
      if (!read.ok) return
      await api.updateProductSettings({ version: loaded.version, settings: read.settings })
      finished.current = true
      sayDone('Saved. Tills have it within a minute of being online.')
      await onDone()
    },
  })
  const { labels } = form.values
  const free = PREFIXES.find((prefix) => !labels.some((label) => label.prefix === prefix))

  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Fieldset variant="unstyled" disabled={!mayEdit} aria-label="Labels of scales">
        <Stack gap="lg">
          <Text size="sm">
            An EAN-13 that begins with one of these carries an item code and a value. The item code is one of
            the product’s barcodes.
          </Text>
          {labels.map((label, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are only added at the end
            <Stack key={i} gap="xs" role="group" aria-label={`Label ${i + 1}`}>
              <Group grow align="flex-start">
                <NativeSelect
                  label="Begins with"
                  data={PREFIXES}
                  {...form.getInputProps(`labels.${i}.prefix`)}
                />
                <NativeSelect
                  label="Carries a"
                  data={CARRIES}
                  {...form.getInputProps(`labels.${i}.carries`)}
                />
              </Group>
              <Group grow align="flex-start">
                <NativeSelect
                  label="Digits of the item code"
                  data={['4', '5', '6', '7']}
                  {...form.getInputProps(`labels.${i}.itemDigits`)}
                />
                <NativeSelect
                  label="Decimals of the value"
                  data={['0', '1', '2', '3']}
                  disabled={!mayEdit || label.carries === 'count'}
                  {...form.getInputProps(`labels.${i}.decimals`)}
                />
              </Group>
              <Group justify="space-between">
                <Checkbox
                  label="A digit before the value guards it"
                  {...form.getInputProps(`labels.${i}.verified`, { type: 'checkbox' })}
                />
                <Group gap="xs">
                  <Code>{labelPicture(label)}</Code>
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    size={32}
                    aria-label={`Remove the label that begins with ${label.prefix}`}
                    onClick={() => form.removeListItem('labels', i)}
                  >
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                </Group>
              </Group>
            </Stack>
          ))}
          {mayEdit && free !== undefined && (
            <Button
              variant="default"
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() =>
                form.insertListItem('labels', {
                  prefix: free,
                  carries: 'weight',
                  itemDigits: '5',
                  decimals: '3',
                  verified: false,
                })
              }
            >
              Add a label
            </Button>
          )}
          {mayManageStaff && (
            <Text size="sm" c="dimmed">
              What a role may ask for an open price, and take off by a discount, is set under{' '}
              <TextLink to="/staff/roles" inherit underline="always">
                Roles
              </TextLink>
              .
            </Text>
          )}
          <SaveProblem error={save.error} onShowSaved={reload} />
          {mayEdit && (
            <Group justify="flex-end">
              <Button type="submit" loading={save.isPending}>
                Save changes
              </Button>
            </Group>
          )}
        </Stack>
      </Fieldset>
      <LeaveGuard unsaved={() => !finished.current && form.isDirty()} what="the labels of scales" />
    </form>
  )
}
