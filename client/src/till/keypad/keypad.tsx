import { IconBackspace } from '@tabler/icons-react'
import { type ReactNode, type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { playSound } from '../../devices/sound.ts'
import { isTyping } from '../frame/use-shortcuts.ts'
import classes from './keypad.module.css'
import { DIGITS } from './typed-number.ts'

export interface KeypadProps {
  /** A digit, `.`, `Backspace` or `Delete`. */
  readonly onKey: (key: string) => void
  /** Enter on a keyboard. */
  readonly onEnter: () => void
  readonly point?: boolean
  /** Fills the left corner where no point is wanted. */
  readonly corner?: ReactNode
  readonly disabled?: boolean
}

/** A keypad for fingers; the same keys of a keyboard do the same wherever the focus is. */
export function Keypad({ onKey, onEnter, point = false, corner, disabled = false }: KeypadProps) {
  const { t } = useTranslation()
  const root = useRef<HTMLDivElement>(null)
  useKeypadKeys(root, onKey, onEnter, disabled)
  return (
    <div ref={root} className={classes.keypad}>
      {DIGITS.slice(0, 9).map((digit) => (
        <Key key={digit} onClick={() => onKey(digit)} disabled={disabled}>
          {digit}
        </Key>
      ))}
      {point ? (
        <Key onClick={() => onKey('.')} disabled={disabled} label={t('Point')}>
          .
        </Key>
      ) : (
        (corner ?? <span />)
      )}
      <Key onClick={() => onKey('0')} disabled={disabled}>
        0
      </Key>
      <Key onClick={() => onKey('Backspace')} disabled={disabled} label={t('Delete the last digit')}>
        <IconBackspace aria-hidden />
      </Key>
    </div>
  )
}

interface KeyProps {
  readonly onClick: () => void
  readonly children: ReactNode
  readonly label?: string
  readonly disabled: boolean
}

function Key({ onClick, children, label, disabled }: KeyProps) {
  return (
    <button type="button" className={classes.key} onClick={onClick} aria-label={label} disabled={disabled}>
      {children}
    </button>
  )
}

/** No hand has a letter to give to a keypad: with one, digits and Enter are of a code that nobody understood. */
const OF_A_CODE_MS = 1000
/** So many digits and Enter in one breath are of a scanner: its code was too short, or it is set otherwise than told. */
const OF_A_BURST = 3
const BURST_GAP_MS = 35

const isBurst = (at: readonly number[]): boolean =>
  at.length > OF_A_BURST && at.every((ms, i) => i === 0 || ms - (at[i - 1] ?? ms) < BURST_GAP_MS)

function useKeypadKeys(
  root: RefObject<HTMLElement | null>,
  onKey: (key: string) => void,
  onEnter: () => void,
  disabled: boolean,
): void {
  const letterAt = useRef(Number.NEGATIVE_INFINITY)
  const typedAt = useRef<readonly number[]>([])
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (disabled || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return
    if (isTyping(event.target) || isCovered(root.current)) return
    if (/^[\d.,]$/.test(event.key) || event.key === 'Backspace' || event.key === 'Delete') {
      event.preventDefault()
      // Whoever types means the keypad: Enter must not press what was tapped before, such as the menu.
      if (isPressable(event.target)) (event.target as HTMLElement).blur()
      typedAt.current = [...typedAt.current.slice(1 - OF_A_BURST), event.timeStamp]
      onKey(event.key)
    } else if (/^\p{L}$/u.test(event.key)) {
      letterAt.current = event.timeStamp
    } else if (event.key === 'Enter' && !isPressable(event.target)) {
      event.preventDefault()
      const isCode =
        event.timeStamp - letterAt.current < OF_A_CODE_MS || isBurst([...typedAt.current, event.timeStamp])
      typedAt.current = []
      // Never as money: what it left is taken off again.
      if (!isCode) return onEnter()
      onKey('Delete')
      playSound('refused')
    }
  })
  useEffect(() => {
    const onDown = (event: KeyboardEvent) => handle(event)
    window.addEventListener('keydown', onDown)
    return () => window.removeEventListener('keydown', onDown)
  }, [])
}

/** A PIN typed into the dialog on top is not also an amount in what lies under it. */
function isCovered(keypad: HTMLElement | null): boolean {
  const top = [...document.querySelectorAll('[role="dialog"]')].at(-1)
  return top !== undefined && !top.contains(keypad)
}

/** Enter on a focused button presses that button, except a key of the keypad, where it means "done". */
const isPressable = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('button, a, [role="button"], [role="radio"], [role="tab"]') !== null &&
  target.closest(`.${classes.key}`) === null
