import { randomBytes } from 'node:crypto'
import { PIN_ARGON2 } from '@evertill/shared/protocol/pin'
import { argon2id } from 'hash-wasm'

/** What the server keeps of a PIN: see shared/protocol/pin. Both lower-case hex. */
export interface KeptPin {
  readonly pinSalt: string
  readonly pinBase: string
}

async function baseOf(pin: string, pinSalt: string): Promise<string> {
  return argon2id({ password: pin, salt: Buffer.from(pinSalt, 'hex'), ...PIN_ARGON2, outputType: 'hex' })
}

/** Every person has a salt of their own, so whose PIN it is shows only by trying them all. */
export async function isPinTaken(pin: string, others: readonly KeptPin[]): Promise<boolean> {
  for (const { pinSalt, pinBase } of others) if ((await baseOf(pin, pinSalt)) === pinBase) return true
  return false
}

/** A PIN to keep; a till finds the person by it, so no two people of a company may have the same. */
export async function keepPin(pin: string, others: readonly KeptPin[]): Promise<KeptPin | 'taken'> {
  if (await isPinTaken(pin, others)) return 'taken'
  const pinSalt = randomBytes(16).toString('hex')
  return { pinSalt, pinBase: await baseOf(pin, pinSalt) }
}
