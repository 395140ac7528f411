import { type Problem, zProblem } from '@evertill/shared/protocol/problem'

/** Why the office did not get what it asked for: the server's own refusal, or no usable answer at all. */
export type OfficeFailure =
  | Problem
  | { readonly code: 'unreachable' | 'unexpected-answer'; readonly message: string }

/** Carries a failure through the query cache, which knows errors only as something thrown. */
export class OfficeError extends Error {
  override readonly name = 'OfficeError'
  readonly failure: OfficeFailure

  constructor(failure: OfficeFailure) {
    super(failure.message)
    this.failure = failure
  }
}

/** Whether what was asked for changes something: then, where the answer is lost, nobody knows whether it was done. */
export type Asked = 'look' | 'change'

const LOOK_FIRST = 'What you asked for may have been done all the same: look before you try again.'

export const unreachable = (asked: Asked): OfficeError =>
  new OfficeError({
    code: 'unreachable',
    message: `The server cannot be reached. Check this computer’s network${asked === 'look' ? '; nothing was changed.' : `. ${LOOK_FIRST}`}`,
  })

export const unexpectedAnswer = (asked: Asked): OfficeError =>
  new OfficeError({
    code: 'unexpected-answer',
    message: `The server gave an answer this page does not understand. Reload the page to get its newest version.${asked === 'look' ? '' : ` ${LOOK_FIRST}`}`,
  })

/** Reads the body of a refusal; a proxy in between may answer in its own words. */
export async function refusal(response: Response, asked: Asked): Promise<OfficeError> {
  const problem = zProblem.safeParse(await response.json().catch(() => undefined))
  if (problem.success) return new OfficeError(problem.data)
  if (response.status >= 502 && response.status <= 504) {
    return new OfficeError({
      code: 'unavailable',
      message: `The server is not ready at the moment. ${asked === 'look' ? 'Nothing was changed; try again shortly.' : LOOK_FIRST}`,
    })
  }
  return unexpectedAnswer(asked)
}

export const failureOf = (error: unknown): OfficeFailure | undefined =>
  error instanceof OfficeError ? error.failure : undefined

/** Somebody else was faster: what a form began with is no longer what is stored. A conflict of fields names them. */
export function isOutdated(error: unknown): boolean {
  const failure = failureOf(error)
  return failure?.code === 'conflict' && !('fields' in failure)
}

export const isSignedOut = (error: unknown): boolean => failureOf(error)?.code === 'unauthenticated'

/** What to show of any error: the sentence of a failure, and for a bug one that names the way out. */
export function messageOf(error: unknown): string {
  const failure = failureOf(error)
  if (failure === undefined)
    return 'Something went wrong on this page. Reload it, and look before you do again what you did last.'
  if (failure.code === 'too-large')
    return 'This is more than the server takes at once. Split it into smaller parts.'
  return failure.message
}

/** The fields a refusal names, by path such as `barcodes.0`; each message ends a sentence that starts with the field. */
export function fieldErrors(error: unknown): Record<string, string> {
  const failure = failureOf(error)
  const fields = failure !== undefined && 'fields' in failure ? (failure.fields ?? []) : []
  return Object.fromEntries(fields.map((field) => [field.path, field.message]))
}
