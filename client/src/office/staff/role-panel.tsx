import { isOwner, PERMISSIONS, type Permission } from '@evertill/shared/domain/permission'
import type { RoleDetail, RoleEdit } from '@evertill/shared/protocol/office/roles'
import { Alert, Button, Checkbox, Fieldset, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { IconInfoCircle, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useCurrency } from '../../app/money.tsx'
import { fieldErrors } from '../api/office-error.ts'
import { useOffice } from '../office-context.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { focusFirst } from '../parts/focus-first.ts'
import { LeaveGuard } from '../parts/leave-guard.tsx'
import { sayDone } from '../parts/notes.ts'
import { QueryState } from '../parts/query-state.tsx'
import { SaveProblem } from '../parts/save-problem.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { useSession } from '../session/use-session.ts'
import { MoneyField } from '../settings/money-field.tsx'
import { asSentences } from '../words/form-errors.ts'
import { havers, PERMISSION_GROUPS, type PermissionGroup } from './permission-words.ts'
import { NEW_ROLE, type RoleValues, readRole, roleValues } from './role-form.ts'
import classes from './staff.module.css'
import { reloadStaff, rolesToEditQuery } from './staff-queries.ts'

const route = getRouteApi('/desk/staff/roles/$roleId')

/** A new role, over the list of them. */
export function NewRole() {
  const close = useClose()
  return (
    <SidePanel opened onClose={() => void close()} title="New role">
      <RoleForm onDone={close} />
    </SidePanel>
  )
}

export function EditRole() {
  const { api } = useOffice()
  const { roleId } = route.useParams()
  const close = useClose()
  const query = useQuery(rolesToEditQuery(api))
  const role = query.data?.find((one) => one.roleId === roleId)
  return (
    <SidePanel opened onClose={() => void close()} title={role?.role.name ?? 'Role'}>
      <QueryState query={query} failed="The roles did not load." skeleton={<Skeleton height={480} />}>
        {() =>
          role === undefined ? (
            <Text>There is no such role.</Text>
          ) : (
            <RoleForm key={`${roleId} ${role.version}`} detail={role} onDone={close} />
          )
        }
      </QueryState>
    </SidePanel>
  )
}

function useClose(): () => Promise<void> {
  const navigate = useNavigate()
  return () => navigate({ to: '/staff/roles' })
}

interface RoleFormProps {
  readonly detail?: RoleDetail
  readonly onDone: () => Promise<void>
}

function RoleForm({ detail, onDone }: RoleFormProps) {
  const { api, newId } = useOffice()
  const currency = useCurrency()
  const queryClient = useQueryClient()
  const has = useSession()?.permissions ?? []
  const own = isOwner(has) ? PERMISSIONS : has
  // Added again after a lost answer, it is not a second role.
  const [roleId] = useState(() => detail?.roleId ?? newId())
  const finished = useRef(false)
  const form = useForm<RoleValues>({
    initialValues: roleValues(detail?.role ?? NEW_ROLE, currency),
    validate: (values) => {
      const read = readRole(values, currency)
      return (read.ok ? {} : read.errors) as never
    },
  })
  const reload = () => reloadStaff(queryClient)
  const save = useMutation({
    mutationFn: async (role: RoleEdit) => {
      if (detail === undefined) await api.addRole(roleId, role)
      else await api.editRole(roleId, detail.version, role)
      finished.current = true
      sayDone(`${role.name} is saved. Tills take this up at their next contact.`)
      await onDone()
      await reload()
    },
    onError: (error) => {
      const fields = Object.entries(fieldErrors(error)).map(([path, words]) => [
        path.replace(/^role\./, ''),
        words,
      ])
      form.setErrors(asSentences(Object.fromEntries(fields)))
    },
  })
  const submit = (values: RoleValues) => {
    const read = readRole(values, currency)
    if (read.ok) save.mutate(read.settings)
  }
  const isBeyond = detail?.role.permissions.some((permission) => !own.includes(permission)) ?? false
  return (
    <>
      <form noValidate onSubmit={form.onSubmit(submit)}>
        <Fieldset variant="unstyled" disabled={isBeyond} aria-label="Role">
          <Stack gap="lg">
            {isBeyond && (
              <Alert color="blue" variant="light" icon={<IconInfoCircle aria-hidden />} py="sm">
                This role may do more than you may, so you can look at it and not change it.
              </Alert>
            )}
            <TextInput label="Name" required ref={focusFirst} {...form.getInputProps('name')} />
            {PERMISSION_GROUPS.map((group) => (
              <PermissionFields key={group.title} group={group} form={form} own={own} />
            ))}
            <p className={classes.wrong} role="alert">
              {form.errors.permissions}
            </p>
            <Limits form={form} />
            {detail !== undefined && (
              <section className={classes.section} aria-labelledby="havers">
                <h2 id="havers" className={classes.heading}>
                  Who has it
                </h2>
                <p className={classes.quiet}>{haversInFull(detail)}</p>
                <RemoveRole detail={detail} onDone={onDone} onRemove={() => (finished.current = true)} />
              </section>
            )}
            <SaveProblem error={save.error} onShowSaved={reload} />
            <Group justify="flex-end">
              <Button type="submit" loading={save.isPending}>
                {detail === undefined ? 'Add role' : 'Save changes'}
              </Button>
            </Group>
          </Stack>
        </Fieldset>
      </form>
      <LeaveGuard unsaved={() => !finished.current && form.isDirty()} what="this role" />
    </>
  )
}

interface PermissionFieldsProps {
  readonly group: PermissionGroup
  readonly form: UseFormReturnType<RoleValues>
  /** What they may give: an owner anything, others what they have. */
  readonly own: readonly Permission[]
}

function PermissionFields({ group: { title, about, permissions }, form, own }: PermissionFieldsProps) {
  const has = form.values.permissions
  const set = (permission: Permission, on: boolean) => {
    form.clearFieldError('permissions')
    form.setFieldValue('permissions', on ? [...has, permission] : has.filter((one) => one !== permission))
  }
  return (
    <fieldset className={classes.group}>
      <legend className={classes.groupTitle}>{title}</legend>
      {about !== undefined && (
        <Text size="sm" c="dimmed">
          {about}
        </Text>
      )}
      <Stack gap="sm" mt="sm">
        {permissions.map(({ permission, name, about: words }) => (
          <Checkbox
            key={permission}
            label={name}
            description={words}
            checked={has.includes(permission)}
            disabled={!own.includes(permission)}
            onChange={(event) => set(permission, event.currentTarget.checked)}
          />
        ))}
      </Stack>
    </fieldset>
  )
}

function Limits({ form }: { form: UseFormReturnType<RoleValues> }) {
  const { permissions } = form.values
  const isFree = permissions.includes('price.override')
  const givesNone = !permissions.includes('sale.discount')
  return (
    <fieldset className={classes.group}>
      <legend className={classes.groupTitle}>Limits</legend>
      <Text size="sm" c="dimmed">
        {isFree
          ? 'None: whoever may change prices needs nobody’s PIN.'
          : 'Above them, a till asks for the PIN of somebody who may change prices.'}
      </Text>
      {!isFree && (
        <Group grow align="flex-start" mt="sm">
          <TextInput
            label="Most off by a discount"
            description={givesNone ? 'This role gives no discounts.' : 'Of a line’s price. Empty: any.'}
            placeholder="Any discount"
            inputMode="decimal"
            disabled={givesNone}
            rightSection={<Text size="sm">%</Text>}
            styles={{ input: { textAlign: 'right' } }}
            {...form.getInputProps('mostDiscountPpm')}
          />
          <MoneyField
            label="Highest open price"
            description="For goods without a price. Empty: any."
            placeholder="Any price"
            {...form.getInputProps('mostOpenPrice')}
          />
        </Group>
      )}
    </fieldset>
  )
}

function haversInFull({ people, signIns }: RoleDetail): string {
  const parts = [
    ...(people.length > 0 ? [`At the tills: ${people.join(', ')}.`] : []),
    ...(signIns.length > 0 ? [`In head office: ${signIns.join(', ')}.`] : []),
  ]
  return parts.length === 0 ? 'Nobody.' : parts.join(' ')
}

interface RemoveRoleProps {
  readonly detail: RoleDetail
  readonly onDone: () => Promise<void>
  readonly onRemove: () => void
}

/** Only offered where nobody has it; the server looks again. */
function RemoveRole({ detail, onDone, onRemove }: RemoveRoleProps) {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const [asked, ask] = useDisclosure()
  const { name } = detail.role
  const remove = useMutation({
    mutationFn: async () => {
      await api.removeRole(detail.roleId)
      onRemove()
      ask.close()
      sayDone(`${name} is removed.`)
      await onDone()
      await reloadStaff(queryClient)
    },
  })
  if (havers(detail.people, detail.signIns) !== 'Nobody')
    return (
      <Text size="sm" c="dimmed">
        A role that somebody has cannot be removed.
      </Text>
    )
  return (
    <>
      <Button
        variant="default"
        color="red"
        leftSection={<IconTrash size={16} aria-hidden />}
        onClick={ask.open}
      >
        Remove {name}
      </Button>
      <Confirm
        opened={asked}
        title={`Remove ${name}?`}
        confirm={`Remove ${name}`}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={ask.close}
      >
        Nobody has this role. It can be made anew, but not brought back.
      </Confirm>
    </>
  )
}
