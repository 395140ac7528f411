import { Button } from '@mantine/core'
import classes from './exchange.module.css'

interface WayChoiceProps {
  readonly label: string
  readonly ways: readonly { readonly value: string; readonly label: string }[]
  readonly value: string
  readonly onChange: (value: string) => void
}

/** How the difference is paid: all ways in view, however many a shop has. */
export function WayChoice({ label, ways, value, onChange }: WayChoiceProps) {
  return (
    <fieldset className={classes.choice}>
      <legend>{label}</legend>
      {ways.map((way) => (
        <Button
          key={way.value}
          h={48}
          px={12}
          variant={way.value === value ? 'light' : 'default'}
          aria-pressed={way.value === value}
          onClick={() => onChange(way.value)}
        >
          {way.label}
        </Button>
      ))}
    </fieldset>
  )
}
