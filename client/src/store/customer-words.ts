import type { CustomerRow } from '@evertill/shared/protocol/pull'

/** The beginnings a customer is found by: each word of the name, the code, the phone and its last digits. */
export function customerWords({ name, code, phone }: Pick<CustomerRow, 'name' | 'code' | 'phone'>): string[] {
  const words = new Set([code.toLowerCase()])
  for (const word of name.toLowerCase().split(/[\s,.'’()/-]+/)) {
    words.add(word)
    // Chinese names are written without spaces: every character may begin what is typed.
    if (/\p{Script=Han}/u.test(word))
      for (const [at] of [...word].entries()) words.add([...word].slice(at).join(''))
  }
  const digits = phone?.replace(/\D/g, '') ?? ''
  for (const part of [digits, digits.slice(-8), digits.slice(-4)]) words.add(part)
  if (phone?.startsWith('+')) words.add(`+${digits}`)
  words.delete('')
  return [...words]
}
