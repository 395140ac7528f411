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

export const unreachable = (): OfficeError =>
  new OfficeError({
    code: 'unreachable',
    message: 'The server cannot be reached. Check this computer’s network; nothing was changed.',
  })

export const unexpectedAnswer = (): OfficeError =>
  new OfficeError({
    code: 'unexpected-answer',
    message:
      'The server gave an answer this page does not understand. Reload the page to get its newest version.',
  })

/** Reads the body of a refusal; a proxy in between may answer in its own words. */
export async function refusal(response: Response): Promise<OfficeError> {
  const problem = zProblem.safeParse(await response.json().catch(() => undefined))
  if (problem.success) return new OfficeError(problem.data)
  if (response.status >= 502 && response.status <= 504) {
    return new OfficeError({
      code: 'unavailable',
      message: 'The server is not ready at the moment. Nothing was changed; try again shortly.',
    })
  }
  return unexpectedAnswer()
}

export const failureOf = (error: unknown): OfficeFailure | undefined =>
  error instanceof OfficeError ? error.failure : undefined

export const isSignedOut = (error: unknown): boolean => failureOf(error)?.code === 'unauthenticated'

/** What to show of any error: the sentence of a failure, and for a bug one that names the way out. */
export function messageOf(error: unknown): string {
  const failure = failureOf(error)
  if (failure === undefined) return 'Something went wrong on this page. Reload it; nothing was changed.'
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
