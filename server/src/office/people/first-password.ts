import { randomInt } from 'node:crypto'

// Without what is mistaken for something else on paper: i, l, o, 0 and 1.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

const part = () => Array.from({ length: 4 }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('')

/** One that nobody guesses and anybody can type, such as `k7mq-3xwe-b9ha`. */
export const newFirstPassword = (): string => [part(), part(), part()].join('-')
