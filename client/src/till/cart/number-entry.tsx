import { Button } from '@mantine/core'
import { Keypad } from '../keypad/keypad.tsx'
import { type NumberShape, textAfterKey } from '../keypad/typed-number.ts'
import { useTyped } from '../keypad/use-typed.ts'
import classes from './cart.module.css'

export interface NumberEntryProps {
  readonly shape: NumberShape
  /** Shown until something is typed. */
  readonly placeholder: string
  /** How the typed text reads, such as `10 %`. */
  readonly show: (text: string) => string
  /** Words on the button; undefined while there is nothing to do. */
  readonly action: (text: string) => string | undefined
  /** Words on it then, before anything is typed. */
  readonly idle: string
  /** Words on it where what is typed will not do: `At most 100 %`. */
  readonly why?: ((text: string) => string | undefined) | undefined
  readonly onDone: (text: string) => void
  readonly presets?: readonly string[]
}

/** A number typed on a keypad or keyboard, and one button that says what it will do. */
export function NumberEntry(props: NumberEntryProps) {
  const { shape, placeholder, show, action, idle, why, onDone, presets = [] } = props
  const [text, setText] = useTyped()
  const words = action(text)
  return (
    <div className={classes.entry}>
      {/* The dialog's focus begins here and not on its Close button, where Enter would throw the number away. */}
      <output
        className={classes.typed}
        data-placeholder={text === ''}
        aria-live="polite"
        data-autofocus
        tabIndex={-1}
      >
        {text === '' ? placeholder : show(text)}
      </output>
      {presets.length > 0 && (
        <div className={classes.presets}>
          {presets.map((preset) => (
            <Button key={preset} variant="default" h={48} px={0} onClick={() => onDone(preset)}>
              {show(preset)}
            </Button>
          ))}
        </div>
      )}
      <Keypad
        point={shape.decimals > 0}
        onKey={(key) => setText(textAfterKey(text, key, shape))}
        onEnter={() => words !== undefined && onDone(text)}
      />
      <div className={classes.confirm}>
        <Button h={56} fz={18} fullWidth disabled={words === undefined} onClick={() => onDone(text)}>
          {words ?? (text === '' ? undefined : why?.(text)) ?? idle}
        </Button>
      </div>
    </div>
  )
}
