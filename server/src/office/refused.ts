import type { Problem } from '@evertill/shared/protocol/problem'

/** An expected no, with what to tell the person. */
export interface Refused {
  readonly refused: Problem
}

export const refused = (code: Problem['code'], message: string, fields?: Problem['fields']): Refused => ({
  refused: { code, message, ...(fields !== undefined && { fields }) },
})

export const isRefused = <T>(answer: T | Refused): answer is Refused =>
  typeof answer === 'object' && answer !== null && 'refused' in answer
