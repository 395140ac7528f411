import { randomBytes } from 'node:crypto'
import { PIN_ARGON2 } from '@evertill/shared/protocol/pin'
import { hashRaw } from '@node-rs/argon2'
import type { KeptPin } from '../../db/queries/office-staff.ts'

/** Its `Algorithm` is a `const enum`, of which nothing is there when the code runs. */
const ARGON2ID = 2

/** Reckoned on another thread: tills are answered meanwhile. */
async function baseOf(pin: string, pinSalt: string): Promise<string> {
  const base = await hashRaw(pin, {
    algorithm: ARGON2ID,
    salt: Buffer.from(pinSalt, 'hex'),
    memoryCost: PIN_ARGON2.memorySize,
    timeCost: PIN_ARGON2.iterations,
    parallelism: PIN_ARGON2.parallelism,
    outputLen: PIN_ARGON2.hashLength,
  })
  return base.toString('hex')
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
