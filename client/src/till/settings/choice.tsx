import { type ReactNode, useId } from 'react'
import classes from './settings.module.css'

export interface Option<Value extends string> {
  readonly value: Value
  readonly label: ReactNode
  /** Of the label, where it is another than the page's. */
  readonly lang?: string
}

export interface ChoiceProps<Value extends string> {
  readonly legend: string
  readonly options: readonly Option<Value>[]
  readonly value: Value
  readonly onChoose: (value: Value) => void
}

/** One of a few, each as large as a finger; arrow keys walk through them as through any radio buttons. */
export function Choice<Value extends string>({ legend, options, value, onChoose }: ChoiceProps<Value>) {
  const name = useId()
  return (
    <fieldset className={classes.choice}>
      <legend>{legend}</legend>
      <div className={classes.options}>
        {options.map((option) => (
          <label key={option.value} lang={option.lang}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChoose(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
