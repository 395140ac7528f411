import type { Permission } from '@evertill/shared/domain/permission'
import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsHere } from '../../app/use-is-here.ts'
import { type Approval, type ApprovalOutcome, approveByPin } from '../../store/permit.ts'
import { useEscapeFirst } from '../frame/use-shortcuts.ts'
import { Keypad } from '../keypad/keypad.tsx'
import { useTyped } from '../keypad/use-typed.ts'
import { LockedFor } from '../sign-in/locked-for.tsx'
import classes from '../sign-in/sign-in.module.css'
import { useNow, useServices, useStaff } from '../till-context.tsx'

const LONGEST_PIN = 8

interface ApprovalDialogProps {
  readonly permission: Permission
  readonly about: string | undefined
  readonly onApproved: (approval: Approval) => void
  readonly onClose: () => void
}

/** A colleague who may do it types a PIN on the spot; who it was is recorded with what it was for. */
export function ApprovalDialog({ permission, about, onApproved, onClose }: ApprovalDialogProps) {
  const { t } = useTranslation()
  const { db, now } = useServices()
  const staff = useStaff()
  const present = useNow(1000)
  const [pin, setPin] = useTyped()
  const [checking, setChecking] = useState(false)
  const [refusal, setRefusal] = useState<Exclude<ApprovalOutcome, { code: 'approved' }>>()

  const isHere = useIsHere()
  // Only this one is called off, not what it was asked for.
  useEscapeFirst(onClose)

  const onKey = (key: string) => {
    if (checking) return
    if (refusal?.code !== 'locked') setRefusal(undefined)
    if (key === 'Backspace') setPin(pin.slice(0, -1))
    else if (key === 'Delete') setPin('')
    else if (/^\d$/.test(key) && pin.length < LONGEST_PIN) setPin(pin + key)
  }
  const submit = async () => {
    if (checking || pin === '') return
    setChecking(true)
    const outcome = await approveByPin(db, pin, permission, now())
    // Called off while the PIN was looked at.
    if (!isHere.current) return
    setChecking(false)
    setPin('')
    if (outcome.code === 'approved') onApproved(outcome.approval)
    else setRefusal(outcome)
  }
  const lockedFor =
    refusal?.code === 'locked' ? Math.ceil((refusal.until.getTime() - present.getTime()) / 1000) : 0
  const locked = lockedFor > 0
  const words = () => {
    if (locked) return t('Five wrong PINs. Wait, then try again.')
    if (refusal?.code === 'wrong')
      return t('That PIN is not known here. {{count}} tries left.', { count: refusal.attemptsLeft })
    if (refusal?.code === 'may-not')
      return t('{{name}} may not do this either. Ask a supervisor.', { name: refusal.name })
    return t('Your role does not do this by itself. A supervisor can allow it with a PIN.')
  }
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnEscape={false}
      size={388}
      title={t('Supervisor’s PIN')}
      closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
    >
      <div className={classes.pad}>
        {about !== undefined && (
          <p className={classes.about}>{t('{{name}} asks for: {{about}}', { name: staff.name, about })}</p>
        )}
        <div
          className={classes.dots}
          role="img"
          aria-label={t('{{count}} digits typed', { count: pin.length })}
          data-busy={checking}
          data-autofocus
          tabIndex={-1}
        >
          {Array.from({ length: Math.max(4, pin.length) }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: dots have no identity
            <span key={i} data-filled={i < pin.length} />
          ))}
        </div>
        <p className={refusal === undefined ? classes.hint : classes.message}>
          <span role="alert">{words()}</span> {locked && <LockedFor seconds={lockedFor} />}
        </p>
        <Keypad onKey={onKey} onEnter={() => void submit()} disabled={locked} />
        <Button
          h={56}
          fz={18}
          fullWidth
          loading={checking}
          disabled={locked || pin === ''}
          onClick={() => void submit()}
        >
          {t('Allow it')}
        </Button>
      </div>
    </Modal>
  )
}
