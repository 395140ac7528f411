import { readValueCode, valueCodeText } from '@evertill/shared/domain/stored-value'
import { valueName } from '@evertill/shared/receipt/value-name'
import { Modal, TextInput } from '@mantine/core'
import { useLiveQuery } from 'dexie-react-hooks'
import { type ChangeEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Money } from '../../app/money.tsx'
import { readValue } from '../../store/stored-value.ts'
import forms from '../recording/recording.module.css'
import { useServices } from '../till-context.tsx'
import { PaperVoucher } from './paper-voucher.tsx'
import { UseValue } from './use-value.tsx'
import classes from './value.module.css'
import type { ValuePayment } from './value-payment.ts'

interface ValueDialogProps {
  readonly code: string | undefined
  /** What it can pay of. None where there is nothing to pay. */
  readonly payment: ValuePayment | undefined
  readonly onClose: () => void
}

/** What is on a code, and paying with it. */
export function ValueDialog({ code: scanned, payment, onClose }: ValueDialogProps) {
  const { t } = useTranslation()
  const { db, now, sync } = useServices()
  const [text, setText] = useState(scanned === undefined ? '' : valueCodeText(scanned))
  const code = readValueCode(text)
  // What was scanned or pasted is whole; what is typed is once Enter says so.
  const [whole, setWhole] = useState(scanned)
  const read = useLiveQuery(
    async () => code && { code, known: await readValue(db, code, now()) },
    [db, code, now],
  )
  // What was sold or spent at another till a moment ago.
  useEffect(() => sync.wake(), [sync])
  const found = read && read.code === code ? read : undefined
  const isAsked = code !== undefined && whole === code
  const type = ({ currentTarget: { value }, nativeEvent }: ChangeEvent<HTMLInputElement>) => {
    setText(value)
    setWhole(isByHand(nativeEvent) ? undefined : readValueCode(value))
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size={480}
      title={t('Gift card or voucher')}
      closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
    >
      <div className={forms.form}>
        <TextInput
          size="lg"
          label={t('Code')}
          description={t('Scan it, or type it as it is printed.')}
          value={text}
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
          data-autofocus={!(isAsked && found?.known !== undefined) || undefined}
          onChange={type}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) setWhole(code)
          }}
        />
        <div className={classes.answer} role="status">
          {text.trim() !== '' && code === undefined && (
            <p className={forms.quiet}>
              {isWhole(text)
                ? t('One letter or more of that code is wrong. Check it letter by letter.')
                : t('That is not a whole code yet.')}
            </p>
          )}
          {found !== undefined && found.known === undefined && (
            <p className={forms.refusal}>
              {t(
                'This till does not know that code, or nothing is left on it. If it was sold a moment ago at another till, try again when this one is online.',
              )}
            </p>
          )}
          {found?.known !== undefined && (
            <dl className={classes.balance}>
              <dt>{valueName(found.known.kind, t)}</dt>
              <dd>
                <Money amount={found.known.balance} />
              </dd>
            </dl>
          )}
        </div>
        {found?.known !== undefined && payment !== undefined && (
          <UseValue
            key={found.code}
            code={found.code}
            known={found.known}
            payment={payment}
            isAsked={isAsked}
            onDone={onClose}
          />
        )}
        {code === undefined && payment !== undefined && <PaperVoucher payment={payment} onDone={onClose} />}
      </div>
    </Modal>
  )
}

/** Letter by letter, or mending what was typed so. */
const isByHand = (event: Event): boolean =>
  event instanceof InputEvent &&
  (event.inputType.startsWith('delete') ||
    event.inputType === 'insertCompositionText' ||
    (event.inputType === 'insertText' && (event.data ?? '').length <= 1))

const CODE_LENGTH = 14
const isWhole = (text: string): boolean => text.replaceAll(/[\s-]/g, '').length >= CODE_LENGTH
