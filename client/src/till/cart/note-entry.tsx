import { MAX_NOTE } from '@evertill/shared/domain/cart'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './cart.module.css'

/** Words under a line that the customer reads on the receipt. */
export function NoteEntry({ note, onNote }: { note: string; onNote: (note: string | undefined) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(note)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onNote(text.trim() || undefined)
  }
  const emptied = note !== '' && text.trim() === ''
  return (
    <form className={classes.entry} onSubmit={submit} noValidate>
      <TextInput
        size="lg"
        label={t('Note')}
        description={t('Printed under the line on the receipt.')}
        value={text}
        maxLength={MAX_NOTE}
        autoComplete="off"
        autoFocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" h={56} fz={18} disabled={!emptied && text.trim() === note}>
        {emptied ? t('Remove the note') : t('Put on the line')}
      </Button>
    </form>
  )
}
