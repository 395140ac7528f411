import { randomBytes } from 'node:crypto'
import { setImmediate as breath } from 'node:timers/promises'
import { PIN_ARGON2 } from '@evertill/shared/protocol/pin'
import { argon2id } from 'hash-wasm'
import type { KeptPin } from '../../db/queries/office-staff.ts'

async function baseOf(pin: string, pinSalt: string): Promise<string> {
  return argon2id({ password: pin, salt: Buffer.from(pinSalt, 'hex'), ...PIN_ARGON2, outputType: 'hex' })
}

/**
 * Tells whether one of these people has the PIN. Every person has a salt of their own, so it shows only by trying them
 * all; whoever was tried before is not tried again, so that most of it can be done before anything is locked.
 */
export function pinTries(pin: string): (people: readonly KeptPin[]) => Promise<boolean> {
  const found = new Map<string, boolean>()
  return async (people) => {
    for (const { pinSalt, pinBase } of people) {
      if (found.has(pinSalt)) continue
      // Each try takes the processor for itself, and tills wait meanwhile.
      await breath()
      found.set(pinSalt, (await baseOf(pin, pinSalt)) === pinBase)
    }
    return people.some(({ pinSalt }) => found.get(pinSalt))
  }
}

/** A PIN to keep. A till finds the person by it, so whoever asks has seen to it that nobody else has it. */
export async function keepPin(pin: string): Promise<KeptPin> {
  const pinSalt = randomBytes(16).toString('hex')
  return { pinSalt, pinBase: await baseOf(pin, pinSalt) }
}

/** What no PIN leads to. */
export const noPin = (): KeptPin => ({
  pinSalt: randomBytes(16).toString('hex'),
  pinBase: randomBytes(PIN_ARGON2.hashLength).toString('hex'),
})
