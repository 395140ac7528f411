import type { RescueReport } from '@evertill/shared/protocol/rescue'
import { countOf } from '../words/count-words.ts'

/** What the signature means for the money, and what importing would do. */
export function signatureWords({ signature, till }: Pick<RescueReport, 'signature' | 'till'>): {
  readonly good: boolean
  readonly title: string
  readonly text: string
} {
  switch (signature) {
    case 'good':
      return {
        good: true,
        title: `Signed by ${till.name}`,
        text: 'Nothing was changed on the way. Its entries are taken as if the till had sent them.',
      }
    case 'unknown-till':
      return {
        good: false,
        title: 'This server does not know that till',
        text: 'It may have been added after the backup this server was restored from. Importing keeps every entry for review under Exceptions; none counts until a person has looked at it. For that the till has to be added.',
      }
    case 'missing':
      return {
        good: false,
        title: 'The file is not signed',
        text: 'It was cut short, or the device could not sign it. Ask for the file once more. Importing this one keeps every entry for review under Exceptions; none counts until a person has looked at it.',
      }
    case 'wrong':
      return {
        good: false,
        title: `No key of ${till.name} has signed this file`,
        text: 'It was changed on the way, or another device wrote it. Ask for the file once more. Importing this one keeps every entry for review under Exceptions; none counts until a person has looked at it.',
      }
  }
}

/** `3 entries were imported, 2 were here already.` */
export function importedWords({ applied, duplicate, quarantined }: RescueReport): string {
  const parts = [
    applied > 0 && `${countOf(applied, 'entry was', 'entries were')} imported`,
    duplicate > 0 && `${countOf(duplicate, 'was', 'were')} here already`,
    quarantined > 0 && `${countOf(quarantined, 'is', 'are')} kept for review`,
  ].filter((part) => part !== false)
  return parts.length === 0 ? 'The file held no entries.' : `${parts.join(', ')}.`
}
