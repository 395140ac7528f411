import { useTranslation } from 'react-i18next'
import type { EnrolOutcome } from '../../sync/enrol.ts'

export type EnrolRefusal = Exclude<EnrolOutcome, { code: 'enrolled' }>

/** Where a refusal belongs: at the code itself, or above the form. */
export function useEnrolWords(): (refusal: EnrolRefusal) => {
  readonly field?: string
  readonly form?: string
} {
  const { t } = useTranslation()
  return (refusal) => {
    switch (refusal.code) {
      case 'enrolment-code-unknown':
        return { field: t('There is no such code. Check each character against head office.') }
      case 'enrolment-code-expired':
        return { field: t('This code has expired. Ask head office for a new one, under Tills.') }
      case 'enrolment-code-used':
        return {
          field: t('This code has made another browser a till. Ask head office for a new one, under Tills.'),
        }
      case 'bad-request':
        return { field: refusal.fields?.[0]?.message ?? refusal.message }
      case 'offline':
        return {
          form: t(
            'The server cannot be reached. Enrolling is the one thing that needs a network: check it, then try again.',
          ),
        }
      case 'no-persistence':
        return {
          form: t(
            'This browser would forget your sales when it is closed. Use a normal window instead of a private one, and allow this site to keep data.',
          ),
        }
      case 'too-many-requests':
        return { form: t('Too many tries. Wait a minute, then try again.') }
      default:
        return { form: t('The till could not be enrolled: {{message}}', refusal) }
    }
  }
}
