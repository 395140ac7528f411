import type { StaffDetail } from '@evertill/shared/protocol/office/staff'
import { Button, Skeleton, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKey, IconUserOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useOffice } from '../office-context.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { BringBackForm } from './bring-back-form.tsx'
import { NewStaffForm } from './new-staff-form.tsx'
import { PinForm } from './pin-form.tsx'
import { RetireStaff } from './retire-staff.tsx'
import classes from './staff.module.css'
import { StaffState } from './staff-columns.tsx'
import { StaffForm } from './staff-form.tsx'
import { rolesToEditQuery, staffToEditQuery } from './staff-queries.ts'

const route = getRouteApi('/desk/staff/$staffId')

/** Somebody new, over the list. */
export function NewStaff() {
  const { api } = useOffice()
  const close = useClose()
  const roles = useQuery(rolesToEditQuery(api))
  return (
    <SidePanel opened onClose={() => void close()} title="Add a person">
      <QueryState query={roles} failed="The roles did not load." skeleton={<Skeleton height={320} />}>
        {(all) => <NewStaffForm roles={all} onDone={close} />}
      </QueryState>
    </SidePanel>
  )
}

/** One person over the list. */
export function EditStaff() {
  const { api } = useOffice()
  const { staffId } = route.useParams()
  const close = useClose()
  const query = useQuery(staffToEditQuery(api))
  const person = query.data?.find((one) => one.staffId === staffId)
  return (
    <SidePanel opened onClose={() => void close()} title={person?.name ?? 'Staff'}>
      <QueryState query={query} failed="The staff did not load." skeleton={<Skeleton height={320} />}>
        {() =>
          person === undefined ? (
            <Text>There is no such person.</Text>
          ) : (
            <PersonView key={person.staffId} person={person} onDone={close} />
          )
        }
      </QueryState>
    </SidePanel>
  )
}

function useClose(): () => Promise<void> {
  const navigate = useNavigate()
  return () => navigate({ to: '/staff', search: true })
}

interface PersonViewProps {
  readonly person: StaffDetail
  readonly onDone: () => Promise<void>
}

function PersonView({ person, onDone }: PersonViewProps) {
  const { api } = useOffice()
  const roles = useQuery(rolesToEditQuery(api))
  const [changing, newPin] = useDisclosure()
  const [retiring, retire] = useDisclosure()
  const { name } = person
  return (
    <Stack gap="lg">
      <div>
        <StaffState person={person} />
      </div>
      <QueryState query={roles} failed="The roles did not load." skeleton={<Skeleton height={200} />}>
        {(all) =>
          person.retiredAt === null ? (
            <StaffForm key={person.version} person={person} roles={all} onDone={onDone} />
          ) : (
            <BringBackForm person={person} roles={all} onDone={onDone} />
          )
        }
      </QueryState>
      {person.retiredAt === null && (
        <>
          <section className={classes.section} aria-labelledby="pin">
            <h2 id="pin" className={classes.heading}>
              PIN
            </h2>
            <p className={classes.quiet}>
              Forgotten, or seen by somebody? With a new one the old one is worth nothing from the tills’ next
              contact on.
            </p>
            {changing ? (
              <PinForm person={person} onDone={onDone} onCancel={newPin.close} />
            ) : (
              <Button variant="default" leftSection={<IconKey size={16} aria-hidden />} onClick={newPin.open}>
                New PIN
              </Button>
            )}
          </section>
          <section className={classes.section} aria-labelledby="leaving">
            <h2 id="leaving" className={classes.heading}>
              Leaving
            </h2>
            <p className={classes.quiet}>
              Whoever leaves is taken off the list. What they sold keeps their name.
            </p>
            <Button
              variant="default"
              color="red"
              leftSection={<IconUserOff size={16} aria-hidden />}
              onClick={retire.open}
            >
              Take {name} off the list
            </Button>
          </section>
          <RetireStaff person={person} opened={retiring} onClose={retire.close} onDone={onDone} />
        </>
      )}
    </Stack>
  )
}
