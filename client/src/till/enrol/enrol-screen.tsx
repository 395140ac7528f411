import {
  ENROLMENT_CODE_ALPHABET,
  ENROLMENT_CODE_LENGTH,
  normalizeEnrolmentCode,
} from '@evertill/shared/protocol/enrol'
import { Alert, Button, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconPlugConnected } from '@tabler/icons-react'
import { useLiveQuery } from 'dexie-react-hooks'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { APP_VERSION } from '../../app/version.ts'
import { isTurnedAway } from '../../store/enrolment.ts'
import { rescuableTills } from '../../store/rescue.ts'
import { readTill } from '../../store/till.ts'
import { type EnrolOutcome, enrol } from '../../sync/enrol.ts'
import { askStorage } from '../../sync/storage-kind.ts'
import { useGo } from '../go.ts'
import { RescueTill } from '../rescue/rescue-till.tsx'
import { useServices } from '../till-context.tsx'
import classes from './enrol.module.css'
import { useEnrolWords } from './enrol-words.ts'
import { Enrolled } from './enrolled.tsx'
import { StorageWarning } from './storage-warning.tsx'

type EnrolledOutcome = Extract<EnrolOutcome, { code: 'enrolled' }>

/** The code comes in the link's fragment, which never reaches a server's log, or is typed. */
const codeInLink = (): string => grouped(decodeURIComponent(location.hash.slice(1)))

const grouped = (code: string): string => {
  const plain = normalizeEnrolmentCode(code)
  return plain.length > 4 ? `${plain.slice(0, 4)}-${plain.slice(4)}` : plain
}

export function EnrolScreen() {
  const { db } = useServices()
  const [done, setDone] = useState<EnrolledOutcome>()
  const known = useLiveQuery(
    async () => ({ till: await readTill(db), turnedAway: await isTurnedAway(db) }),
    [db],
  )
  if (done !== undefined) return <Enrolled till={done.till} storage={done.storage} />
  if (known === undefined) return null
  if (known.till !== undefined && !known.turnedAway) return <Enrolled till={known.till} />
  return <EnrolForm onEnrolled={setDone} />
}

function EnrolForm({ onEnrolled }: { onEnrolled: (outcome: EnrolledOutcome) => void }) {
  const { t } = useTranslation()
  const { db, fetch, now, persist, estimate, sync } = useServices()
  const go = useGo()
  const wordsFor = useEnrolWords()
  const [code, setCode] = useState(codeInLink)
  const [fromLink] = useState(() => codeInLink() !== '')
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<{ readonly field?: string; readonly form?: string }>({})
  const input = useRef<HTMLInputElement>(null)
  const [warned, setWarned] = useStorageWarning()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const plain = normalizeEnrolmentCode(code)
    if (
      ![...plain].every((char) => ENROLMENT_CODE_ALPHABET.includes(char)) ||
      plain.length !== ENROLMENT_CODE_LENGTH
    ) {
      setProblem({ field: t('An enrolment code has eight letters and digits, such as ABCD-2345.') })
      input.current?.focus()
      return
    }
    setProblem({})
    if (warned === undefined) {
      const { kind } = await askStorage({ persist, estimate })
      if (kind !== 'persistent') {
        setWarned(kind)
        return
      }
    }
    setSending(true)
    const outcome = await enrol(db, { code: plain, fetch, now, persist, estimate, appVersion: APP_VERSION })
    setSending(false)
    if (outcome.code === 'enrolled') {
      sync.wake()
      onEnrolled(outcome)
      return
    }
    setProblem(wordsFor(outcome))
    input.current?.focus()
  }

  return (
    <main className={classes.center}>
      <form className={classes.card} onSubmit={(event) => void submit(event)} noValidate>
        <img src="/icon.svg" alt="" className={classes.mark} />
        <h1>{t('Make this browser a till')}</h1>
        <p className={classes.quiet}>
          {fromLink
            ? t('The link brought its code. Check that this is the device that should sell, then confirm.')
            : t('Type the code that head office made for this till. It works once.')}
        </p>
        <LeftBehind />
        {problem.form !== undefined && (
          <Alert color="red" icon={<IconAlertTriangle aria-hidden />} role="alert">
            {problem.form}
          </Alert>
        )}
        <TextInput
          ref={input}
          size="lg"
          label={t('Enrolment code')}
          placeholder="ABCD-2345"
          value={code}
          onChange={(event) => setCode(grouped(event.currentTarget.value))}
          error={problem.field}
          classNames={{ input: classes.code ?? '' }}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={12}
          data-autofocus
          autoFocus={!fromLink}
        />
        {warned !== undefined && <StorageWarning kind={warned} />}
        <Button
          type="submit"
          size="lg"
          loading={sending}
          leftSection={<IconPlugConnected aria-hidden />}
          autoFocus={fromLink}
        >
          {warned === undefined ? t('Enrol this browser') : t('Enrol anyway')}
        </Button>
        <Button variant="subtle" h={48} onClick={() => go('/')}>
          {t('Back')}
        </Button>
      </form>
    </main>
  )
}

type Warned = 'best-effort' | 'ephemeral' | undefined

/** A private window is known for one without asking; whether the browser keeps its word is asked when it matters. */
function useStorageWarning() {
  const { estimate } = useServices()
  const [warned, setWarned] = useState<Warned>()
  useEffect(() => {
    let current = true
    const persist = async () => (await navigator.storage?.persisted?.()) ?? false
    void askStorage({ persist, estimate }).then(({ kind }) => {
      if (current && kind === 'ephemeral') setWarned(kind)
    })
    return () => {
      current = false
    }
  }, [estimate])
  return [warned, setWarned] as const
}

/** A till that the server turns away may become another one; what it sold stays, and can be carried out. */
function LeftBehind() {
  const { t } = useTranslation()
  const { db } = useServices()
  const [present] = (useLiveQuery(() => rescuableTills(db), [db]) ?? []).filter(({ current }) => current)
  if (present === undefined || present.unsent === 0) return null
  return (
    <Alert
      color="kaya"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('{{count}} entries of {{tillName}} were not sent', {
        count: present.unsent,
        tillName: present.till.tillName,
      })}
    >
      <p>
        {t(
          'Enrolling again keeps them in this browser under that till. Save them to a file as well: head office can import it.',
        )}
      </p>
      <RescueTill rescuable={present} />
    </Alert>
  )
}
