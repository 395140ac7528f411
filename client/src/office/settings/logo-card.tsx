import type { Logo } from '@evertill/shared/protocol/logo'
import { Button, FileButton, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconPhoto, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { logoQuery } from '../api/settings-queries.ts'
import { useOffice } from '../office-context.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { LeaveGuard } from '../parts/leave-guard.tsx'
import { sayDone } from '../parts/notes.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { dotsUrl } from './dots-url.ts'
import { makeLogo } from './make-logo.ts'
import classes from './settings.module.css'

/** The picture on top of receipts, as screens and as printers show it. Nothing is saved before it was seen. */
export function LogoCard() {
  const { api } = useOffice()
  const query = useQuery(logoQuery(api))
  return (
    <section className={`${classes.card} ${classes.form}`} aria-labelledby="logo">
      <h2 id="logo" className={classes.cardTitle}>
        Logo
      </h2>
      <QueryState query={query} failed="The logo did not load." skeleton={<Skeleton height={120} />}>
        {(logo) => <LogoForm saved={logo} />}
      </QueryState>
    </section>
  )
}

function LogoForm({ saved }: { saved: Logo | null }) {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const [chosen, setChosen] = useState<Logo>()
  const [trouble, setTrouble] = useState<string>()
  const [removing, setRemoving] = useState(false)
  const done = async (words: string) => {
    setChosen(undefined)
    setRemoving(false)
    sayDone(words)
    await queryClient.invalidateQueries({ queryKey: ['logo'] })
  }
  const save = useMutation({
    mutationFn: async (logo: Logo) => {
      await api.setLogo(logo)
      await done('The logo is saved. Tills take it up at their next contact.')
    },
  })
  const remove = useMutation({
    mutationFn: async () => {
      await api.removeLogo()
      await done('The logo is removed.')
    },
  })
  const reset = useRef<() => void>(null)
  const choose = async (file: File | null) => {
    if (file === null) return
    // A file that was made smaller under its old name is chosen once more: only an empty field hears of it.
    reset.current?.()
    const made = await makeLogo(file)
    setTrouble(made.ok ? undefined : made.words)
    setChosen(made.ok ? made.logo : undefined)
    save.reset()
  }
  const shown = chosen ?? saved
  return (
    <Stack gap="md">
      {shown === null ? (
        <Text size="sm" className={classes.quiet ?? ''}>
          Receipts begin with the name of the shop. A logo stands over it: a PNG or JPEG, made as wide as
          paper allows. Dark on white prints best.
        </Text>
      ) : (
        <Papers logo={shown} />
      )}
      {trouble !== undefined && (
        <Text size="sm" role="alert" c="var(--ev-bad)">
          {trouble}
        </Text>
      )}
      <ProblemNote error={save.error} />
      <Group>
        {chosen !== undefined && (
          <Button loading={save.isPending} onClick={() => save.mutate(chosen)}>
            Use this logo
          </Button>
        )}
        <FileButton
          accept="image/png,image/jpeg"
          resetRef={reset}
          onChange={(file) => void choose(file)}
          inputProps={{ 'aria-label': 'Logo file' }}
        >
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconPhoto size={16} aria-hidden />}>
              {shown === null ? 'Choose a picture' : 'Choose another picture'}
            </Button>
          )}
        </FileButton>
        {chosen !== undefined ? (
          <Button variant="default" onClick={() => setChosen(undefined)}>
            {saved === null ? 'No logo' : 'Keep the one before'}
          </Button>
        ) : (
          saved !== null && (
            <Button
              variant="subtle"
              color="red"
              c="var(--ev-bad)"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => setRemoving(true)}
            >
              Remove
            </Button>
          )
        )}
      </Group>
      <LeaveGuard unsaved={() => chosen !== undefined} what="the logo" />
      <Confirm
        opened={removing}
        title="Remove the logo?"
        confirm="Remove the logo"
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={() => setRemoving(false)}
      >
        Receipts begin with the name of the shop again. Old ones that are printed once more have no logo
        either.
      </Confirm>
    </Stack>
  )
}

function Papers({ logo }: { logo: Logo }) {
  const printed = useMemo(() => dotsUrl(logo), [logo])
  const size = { width: logo.width, height: logo.height }
  return (
    <div className={classes.papers}>
      <figure>
        <img src={logo.picture} alt="The logo in colour" {...size} />
        <figcaption className={classes.quiet}>On screen and in the PDF</figcaption>
      </figure>
      <figure>
        <img src={printed} alt="The logo in black dots" {...size} />
        <figcaption className={classes.quiet}>From a receipt printer</figcaption>
      </figure>
    </div>
  )
}
