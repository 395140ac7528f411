import { PIN_PATTERN } from '@evertill/shared/protocol/pin'
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../app/locale.ts'
import { readPaidExchange } from '../../store/open-exchange.ts'
import { checkPin, loadPinVerifier } from '../../store/pin.ts'
import { readLeaver, signIn } from '../../store/session.ts'
import { exchangePlace, useGo } from '../go.ts'
import { Keypad } from '../keypad/keypad.tsx'
import { useTyped } from '../keypad/use-typed.ts'
import { usePreferenceStore } from '../settings/preferences.tsx'
import { useNow, useServices } from '../till-context.tsx'
import { enterTraining, forgetTraining, wasTraining } from '../training/training-mode.ts'
import { LanguageSwitch } from './language-switch.tsx'
import { LockedFor } from './locked-for.tsx'
import classes from './sign-in.module.css'

const LONGEST_PIN = 8

type Refusal = { readonly code: 'wrong'; readonly attemptsLeft: number } | { readonly code: 'short' }

/** Works without a network: the till holds a verifier of every PIN, never the PIN. */
export function SignInScreen() {
  const { t } = useTranslation()
  const { db, now, openSale } = useServices()
  const go = useGo()
  const present = useNow(1000)
  const [pin, setPin] = useTyped()
  const [checking, setChecking] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const [lockedUntil, setLockedUntil] = useState<Date>()
  const preferences = usePreferenceStore()
  const [language, setLanguage] = useState<Language>()
  const [leaver, setLeaver] = useState<string>()
  const [leftTraining] = useState(wasTraining)

  // A PIN takes longer to type than this to come; what fails is asked for again by the PIN itself.
  useEffect(() => void loadPinVerifier().catch(() => undefined), [])

  // Whoever was sent here in the middle of their work is told why.
  useEffect(() => void readLeaver(db).then(setLeaver), [db])

  const lockedFor = lockedUntil ? Math.ceil((lockedUntil.getTime() - present.getTime()) / 1000) : 0
  const locked = lockedFor > 0

  const onKey = (key: string) => {
    if (checking || locked) return
    setRefusal(undefined)
    if (key === 'Backspace') setPin(pin.slice(0, -1))
    else if (key === 'Delete') setPin('')
    else if (/^\d$/.test(key) && pin.length < LONGEST_PIN) setPin(pin + key)
  }

  const submit = async () => {
    if (checking || locked || pin === '') return
    if (!PIN_PATTERN.test(pin)) {
      setRefusal({ code: 'short' })
      return
    }
    setChecking(true)
    const outcome = await checkPin(db, pin, now())
    setChecking(false)
    setPin('')
    if (outcome.code === 'ok') {
      // Who chose a language on the way in chose it for themselves.
      if (language !== undefined) preferences.change(outcome.staff.staffId, { language })
      await signIn(db, outcome.staff.staffId, now())
      if (leftTraining) forgetTraining()
      // A sale, or an exchange, that was killed between two payments goes on where it stopped.
      const paid = await readPaidExchange(db)
      if (openSale.get().tenders.length > 0) go('/pay')
      else if (paid !== undefined) go(exchangePlace(paid.saleId))
    } else if (outcome.code === 'locked') {
      setRefusal(undefined)
      setLockedUntil(outcome.until)
    } else setRefusal(outcome)
  }

  return (
    <main className={classes.screen}>
      <div className={classes.pad}>
        {leftTraining && (
          <div className={classes.real} role="status">
            <p>{t('A training was not ended here. This is the real till: what is sold now counts.')}</p>
            <Button h={48} variant="default" onClick={enterTraining}>
              {t('Go on practising')}
            </Button>
          </div>
        )}
        <h1>{t('Enter your PIN')}</h1>
        <div
          className={classes.dots}
          role="img"
          aria-label={t('{{count}} digits typed', { count: pin.length })}
          data-busy={checking}
        >
          {Array.from({ length: Math.max(4, pin.length) }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: dots have no identity
            <span key={i} data-filled={i < pin.length} />
          ))}
        </div>
        <p className={classes.message}>
          <span role="alert">
            {locked
              ? t('Five wrong PINs. Wait, then try again.')
              : refusal?.code === 'wrong'
                ? t('That PIN is not known here. {{count}} tries left.', { count: refusal.attemptsLeft })
                : refusal?.code === 'short'
                  ? t('A PIN has 4 to 8 digits.')
                  : leaver !== undefined && pin === ''
                    ? t('{{name}} is not on the staff list any more.', { name: leaver })
                    : ''}
          </span>{' '}
          {locked && <LockedFor seconds={lockedFor} />}
        </p>
        <Keypad onKey={onKey} onEnter={() => void submit()} disabled={locked} />
        <Button size="xl" fullWidth loading={checking} disabled={locked} onClick={() => void submit()}>
          {t('Sign in')}
        </Button>
        <LanguageSwitch
          onChoose={(chosen) => {
            setLanguage(chosen)
            preferences.change(undefined, { language: chosen })
          }}
        />
      </div>
    </main>
  )
}
