export interface PasswordValues {
  current: string
  next: string
  again: string
}

export const NO_PASSWORDS: PasswordValues = { current: '', next: '', again: '' }

const FEWEST = 10

export function passwordErrors({ current, next, again }: PasswordValues): Partial<PasswordValues> {
  return {
    ...(current === '' && { current: 'Fill this in' }),
    ...(next === '' && { next: 'Fill this in' }),
    ...(next !== '' && next.length < FEWEST && { next: `At least ${FEWEST} characters` }),
    ...(next !== '' && next === current && { next: 'This is the password you have' }),
    ...(again !== next && { again: 'This is another password than the first' }),
  }
}
