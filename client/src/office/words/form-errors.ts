import type { z } from 'zod'

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

function issueWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small' && issue.origin === 'string' && issue.minimum === 1) return 'Fill this in'
  if (issue.code === 'too_big' && issue.origin === 'string') return `At most ${issue.maximum} characters`
  if (issue.code === 'too_big' && (issue.origin === 'number' || issue.origin === 'int'))
    return 'That is too much'
  if (issue.code === 'too_big' && issue.origin === 'array') return `At most ${issue.maximum}`
  if (issue.code === 'invalid_format' && issue.format === 'email')
    return 'Type an email address, like mei@shop.sg'
  return sentence(issue.message)
}

/** What is wrong with a form, by field path (`barcodes.0`), in words for the person who filled it in. */
export function formErrors(schema: z.ZodType, values: unknown): Record<string, string> {
  const result = schema.safeParse(values)
  if (result.success) return {}
  const errors: Record<string, string> = {}
  for (const issue of result.error.issues) errors[issue.path.join('.')] ??= issueWords(issue)
  return errors
}

/** The server's words about a field (`is the SKU of Kopi-O`) as a sentence under that field. */
export const asSentences = (fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).map(([path, words]) => [
      path,
      /^(is|must|has|was) /.test(words) ? `This ${words}` : words,
    ]),
  )
