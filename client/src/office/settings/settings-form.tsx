import type { Versioned } from '@evertill/shared/protocol/office/settings'
import { Button, Group, Skeleton, Stack } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { failureOf, fieldErrors } from '../api/office-error.ts'
import type { SettingsOf, SubjectName } from '../api/settings-api.ts'
import { settingsQuery } from '../api/settings-queries.ts'
import { useOffice } from '../office-context.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { LeaveGuard } from '../parts/leave-guard.tsx'
import { sayDone } from '../parts/notes.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { asSentences } from '../words/form-errors.ts'
import type { ReadForm } from './read-form.ts'
import classes from './settings.module.css'

/** What is asked before something that costs money or trust is saved. */
export interface Question {
  readonly title: string
  readonly confirm: string
  readonly words: ReactNode
}

interface SettingsFormProps<Name extends SubjectName, Values> {
  readonly name: Name
  /** As text, under the names that the settings have. */
  readonly values: (settings: SettingsOf<Name>) => Values
  readonly read: (values: Values) => ReadForm<SettingsOf<Name>>
  readonly ask?: (before: SettingsOf<Name>, after: SettingsOf<Name>) => Question | undefined
  readonly children: (form: UseFormReturnType<Values>) => ReactNode
}

/** A subject that is read and saved as a whole. */
export function SettingsForm<Name extends SubjectName, Values extends object>(
  props: SettingsFormProps<Name, Values>,
) {
  const { api } = useOffice()
  const query = useQuery(settingsQuery(api, props.name))
  return (
    <QueryState
      query={query}
      failed="The settings did not load."
      skeleton={<Skeleton className={classes.form ?? ''} height={280} />}
    >
      {(loaded) => <LoadedForm key={loaded.version} loaded={loaded} {...props} />}
    </QueryState>
  )
}

function LoadedForm<Name extends SubjectName, Values extends object>({
  name,
  loaded,
  values,
  read,
  ask,
  children,
}: SettingsFormProps<Name, Values> & { readonly loaded: Versioned<SettingsOf<Name>> }) {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const saved = useRef(false)
  const [asked, setAsked] = useState<{ question: Question; settings: SettingsOf<Name> }>()
  const form = useForm<Values>({
    initialValues: values(loaded.settings),
    validate: (typed) => {
      const found = read(typed)
      return (found.ok ? {} : found.errors) as never
    },
  })
  const loadAnew = () => queryClient.invalidateQueries({ queryKey: ['settings', name] })
  const save = useMutation({
    mutationFn: async (settings: SettingsOf<Name>) => {
      await api.saveSettings(name, { version: loaded.version, settings })
      saved.current = true
      setAsked(undefined)
      sayDone('Saved. Tills take this up at their next contact.')
      form.resetDirty()
      await loadAnew()
      saved.current = false
    },
    onError: (error) => {
      setAsked(undefined)
      const fields = Object.entries(fieldErrors(error)).map(([path, words]) => [
        path.replace(/^settings\./, ''),
        words,
      ])
      form.setErrors(asSentences(Object.fromEntries(fields)))
    },
  })
  const submit = (typed: Values) => {
    const found = read(typed)
    if (!found.ok) return
    const question = ask?.(loaded.settings, found.settings)
    if (question === undefined) save.mutate(found.settings)
    else setAsked({ question, settings: found.settings })
  }
  const conflict = failureOf(save.error)?.code === 'conflict'

  return (
    <form noValidate className={classes.form} onSubmit={form.onSubmit(submit)}>
      <Stack gap="lg">
        {children(form)}
        <ProblemNote error={save.error}>
          {conflict && (
            <Button variant="default" size="compact-sm" onClick={() => void loadAnew()}>
              Discard mine and load theirs
            </Button>
          )}
        </ProblemNote>
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            Save changes
          </Button>
        </Group>
      </Stack>
      <LeaveGuard unsaved={() => !saved.current && form.isDirty()} what="these settings" />
      <Confirm
        opened={asked !== undefined}
        title={asked?.question.title ?? ''}
        confirm={asked?.question.confirm ?? ''}
        tone="plain"
        pending={save.isPending}
        onConfirm={() => asked && save.mutate(asked.settings)}
        onClose={() => setAsked(undefined)}
      >
        {asked?.question.words}
      </Confirm>
    </form>
  )
}
