import { EMAIL, maskedEmail } from '@evertill/shared/domain/email'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useLiveQuery } from 'dexie-react-hooks'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dateTimeText } from '../../app/format.ts'
import { paperWords } from '../../app/i18n.ts'
import { type EmailedReceipt, emailReceipt, emailsOf, keptEmail } from '../../store/record-email.ts'
import forms from '../recording/recording.module.css'
import { useRecorder } from '../recording/use-recorder.ts'
import { useFacts, useServices } from '../till-context.tsx'
import { isTraining } from '../training/training-mode.ts'
import classes from './email.module.css'
import { EmailField } from './email-field.tsx'
import type { EmailReceiptProps } from './email-receipt.tsx'

/** Where to: what the customer has had kept is offered, anything else is typed and shown back on the button. */
export function EmailForm(props: EmailReceiptProps & { readonly onDone: () => void }) {
  const { db } = useServices()
  const { id, body } = props.entry
  const customerId = body.customer?.customerId
  const known = useLiveQuery(async () => {
    const kept = customerId === undefined ? undefined : await keptEmail(db, customerId)
    return { kept, before: await emailsOf(db, id) }
  }, [db, id, customerId])
  return known && <Form {...props} {...known} />
}

interface FormProps extends EmailReceiptProps {
  readonly kept: string | undefined
  readonly before: readonly EmailedReceipt[]
  readonly onDone: () => void
}

function Form({ entry, copy, kept, before, onDone }: FormProps) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { record, recording, refusal } = useRecorder()
  const { customer } = entry.body
  const [typed, setTyped] = useState(kept ?? '')
  const [keep, setKeep] = useState(false)
  const [wrong, setWrong] = useState(false)
  const to = typed.trim()
  const canKeep = customer !== undefined && to !== kept

  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!EMAIL.test(to)) return setWrong(true)
    const keepFor = canKeep && keep && { keepFor: customer.customerId }
    record(
      (input) =>
        emailReceipt(db, {
          ...input,
          paperId: entry.id,
          to,
          language: paperWords().language,
          copy,
          ...keepFor,
        }),
      () => {
        notifications.show({
          title: t('The receipt goes to {{address}}', { address: to }),
          message: isTraining()
            ? t('This is training: nothing is sent.')
            : t('It is saved on this till and sent as soon as there is a network.'),
        })
        onDone()
      },
    )
  }

  return (
    <form className={forms.form} onSubmit={send} noValidate>
      <EmailField
        isFirst
        label={t('E-mail address')}
        description={t('For this receipt only.')}
        value={typed}
        wrong={wrong}
        onType={(text) => {
          setTyped(text)
          setWrong(false)
        }}
      />
      {canKeep && (
        <label className={classes.keep}>
          <input type="checkbox" checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} />
          {t('{{name}} wants this address kept for the next time', { name: customer.name })}
        </label>
      )}
      {before.length > 0 && <Before before={before} />}
      <p className={forms.refusal} role="alert">
        {refusal}
      </p>
      <Button type="submit" h={56} fz={18} loading={recording} disabled={to === ''}>
        <span className={classes.address}>
          {to === '' ? t('Send') : t('Send to {{address}}', { address: to })}
        </span>
      </Button>
    </form>
  )
}

/** Not whole: whoever looks for a receipt need not learn where its customer gets mail. */
function Before({ before }: { before: readonly EmailedReceipt[] }) {
  const { t } = useTranslation()
  const { catalogue } = useFacts()
  return (
    <div>
      <p className={forms.quiet}>{t('Asked for before')}</p>
      <ul className={classes.before}>
        {before.map(({ id, to, at, fate }) => (
          <li key={id}>
            <span>{maskedEmail(to)}</span>
            <span className={forms.quiet}>
              {dateTimeText(new Date(at), catalogue.outlet.timeZone)}
              {' · '}
              {fate === 'waiting'
                ? t('waiting, safe on this till')
                : fate === 'held'
                  ? t('held for head office')
                  : t('with head office')}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
