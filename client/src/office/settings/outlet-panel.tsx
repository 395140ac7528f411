import type { OutletDetail } from '@evertill/shared/protocol/office/outlets'
import {
  Alert,
  Button,
  Group,
  NativeSelect,
  Select,
  Skeleton,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { fieldErrors } from '../api/office-error.ts'
import { outletsQuery } from '../api/queries.ts'
import { gstNumberQuery, outletDetailsToEditQuery } from '../api/settings-queries.ts'
import { useOffice } from '../office-context.tsx'
import { focusFirst } from '../parts/focus-first.ts'
import { LeaveGuard } from '../parts/leave-guard.tsx'
import { sayDone } from '../parts/notes.ts'
import { QueryState } from '../parts/query-state.tsx'
import { SaveProblem } from '../parts/save-problem.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { asSentences } from '../words/form-errors.ts'
import {
  codeOf,
  fieldOf,
  hourWords,
  lacksTaxAddress,
  newOutletValues,
  type OutletValues,
  outletValues,
  readNewOutlet,
  readOutlet,
  timeZones,
} from './outlet-form.ts'

const route = getRouteApi('/desk/settings/outlets/$outletId')

/** What most who found a shop in Singapore need; another outlet is most likely where the first is. */
const HOME = 'Asia/Singapore'

const HOURS = Array.from({ length: 12 }, (_, hour) => ({ value: String(hour), label: hourWords(hour) }))

/** A new outlet, over the list of them. */
export function NewOutlet() {
  const { api } = useOffice()
  const close = useClose()
  const outlets = useQuery(outletsQuery(api))
  return (
    <SidePanel opened onClose={() => void close()} title="New outlet">
      <QueryState query={outlets} failed="The outlets did not load." skeleton={<Skeleton height={400} />}>
        {([first]) => <OutletForm timeZone={first?.timeZone ?? HOME} onDone={close} />}
      </QueryState>
    </SidePanel>
  )
}

export function EditOutlet() {
  const { api } = useOffice()
  const { outletId } = route.useParams()
  const close = useClose()
  const query = useQuery(outletDetailsToEditQuery(api))
  const detail = query.data?.find((one) => one.outletId === outletId)
  return (
    <SidePanel opened onClose={() => void close()} title={detail?.outlet.name ?? 'Outlet'}>
      <QueryState query={query} failed="The outlets did not load." skeleton={<Skeleton height={400} />}>
        {() =>
          detail === undefined ? (
            <Text>There is no such outlet.</Text>
          ) : (
            <OutletForm
              key={`${outletId} ${detail.version}`}
              detail={detail}
              timeZone={detail.outlet.timeZone}
              onDone={close}
            />
          )
        }
      </QueryState>
    </SidePanel>
  )
}

function useClose(): () => Promise<void> {
  const navigate = useNavigate()
  return () => navigate({ to: '/settings/outlets' })
}

interface OutletFormProps {
  readonly detail?: OutletDetail
  readonly timeZone: string
  readonly onDone: () => Promise<void>
}

function OutletForm({ detail, timeZone, onDone }: OutletFormProps) {
  const { api, newId } = useOffice()
  const queryClient = useQueryClient()
  // Added again after a lost answer, it is not a second outlet.
  const [outletId] = useState(() => detail?.outletId ?? newId())
  const finished = useRef(false)
  const gstNumber = useQuery(gstNumberQuery(api)).data
  const form = useForm<OutletValues>({
    initialValues: detail ? outletValues(detail.outlet, detail.code) : newOutletValues(timeZone),
    validate: (values) => {
      const read = detail ? readOutlet(values) : readNewOutlet(values, outletId)
      return (read.ok ? {} : read.errors) as never
    },
  })
  const reload = () =>
    Promise.all(
      [['outlets'], ['outlet-details'], ['today']].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    )
  const save = useMutation({
    mutationFn: async (values: OutletValues) => {
      const words = await send(values)
      finished.current = true
      sayDone(words)
      await onDone()
      await reload()
    },
    onError: (error) => {
      const fields = Object.entries(fieldErrors(error)).map(([path, words]) => [fieldOf(path), words])
      form.setErrors(asSentences(Object.fromEntries(fields)))
    },
  })
  const send = async (values: OutletValues): Promise<string> => {
    const name = values.name.trim()
    if (detail === undefined) {
      const read = readNewOutlet(values, outletId)
      if (read.ok) await api.addOutlet(read.settings)
      return `${name} is added. Add its tills next.`
    }
    const read = readOutlet(values)
    if (read.ok) await api.editOutlet(outletId, detail.version, read.settings)
    return `${name} is saved. Its tills take this up at their next contact.`
  }
  const { values } = form
  const hour = Number(values.dayCutHour)
  return (
    <form noValidate onSubmit={form.onSubmit((typed) => save.mutate(typed))}>
      <Stack gap="lg">
        <TextInput
          label="Name"
          description="As staff and customers know it; receipts show it"
          required
          ref={focusFirst}
          {...form.getInputProps('name')}
        />
        {detail === undefined ? (
          <TextInput
            label="Code"
            description={`Receipts are numbered with it, such as ${codeOf(values)}-1-000042. It cannot be changed later.`}
            placeholder={values.name.trim() === '' ? 'TB' : codeOf(values)}
            spellCheck={false}
            maxLength={6}
            {...form.getInputProps('code')}
          />
        ) : (
          <Text size="sm">
            Code <strong>{detail.code}</strong>: it stands in receipt numbers, such as {detail.code}-1-000042,
            and never changes.
          </Text>
        )}
        <Textarea
          label="Address"
          description="As receipts print it, a line each"
          autosize
          minRows={2}
          maxRows={5}
          {...form.getInputProps('address')}
        />
        {lacksTaxAddress(values.address, gstNumber) && (
          <Alert color="yellow" variant="light" icon={<IconAlertTriangle aria-hidden />} role="note" py="sm">
            Without an address receipts are no full tax invoices: in Singapore those must show where the shop
            is.
          </Alert>
        )}
        <TextInput
          label="Phone"
          description="Receipts show it under the address"
          type="tel"
          {...form.getInputProps('phone')}
        />
        <Select
          label="Time zone"
          description="Whose clock its sales and promotions go by"
          data={[...timeZones(timeZone)]}
          searchable
          allowDeselect={false}
          nothingFoundMessage="There is no such time zone."
          limit={50}
          comboboxProps={{ withinPortal: false }}
          {...form.getInputProps('timeZone')}
        />
        <NativeSelect
          label="The business day ends at"
          description={
            hour === 0
              ? 'Sales after midnight are of the new day.'
              : `Sales before ${hourWords(hour)} are still of the evening before.`
          }
          data={hour < HOURS.length ? HOURS : [...HOURS, { value: String(hour), label: hourWords(hour) }]}
          {...form.getInputProps('dayCutHour')}
        />
        <SaveProblem error={save.error} onShowSaved={reload} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {detail === undefined ? 'Add outlet' : 'Save changes'}
          </Button>
        </Group>
      </Stack>
      <LeaveGuard unsaved={() => !finished.current && form.isDirty()} what="this outlet" />
    </form>
  )
}
