import { PIN_PATTERN } from '@evertill/shared/protocol/pin'

export interface PinValues {
  pin: string
  again: string
  /** Nobody typed it: it is shown, and needs no second time. */
  made: boolean
}

export const NO_PIN: PinValues = { pin: '', again: '', made: false }

export function pinErrors({ pin, again, made }: PinValues): Record<string, string> {
  if (pin === '') return { pin: 'Fill this in' }
  if (!PIN_PATTERN.test(pin)) return { pin: 'Type 4 to 8 digits' }
  return made || pin === again ? {} : { again: 'This is another PIN than the first' }
}
