/*
 * How a till checks a PIN without the network, and without two tills sharing a verifier.
 *
 *   base      = argon2id(pin, salt, PIN_ARGON2)          kept by the server, never sent
 *   verifier  = HMAC-SHA-256(key = base, tillId)         sent to that till, lower-case hex
 *
 * Salt: 16 random bytes, lower-case hex. The till computes the same from the typed PIN and compares.
 */
export const PIN_ARGON2 = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32 } as const
export const PIN_PATTERN = /^\d{4,8}$/
/** Wrong PINs in a row before a person must wait. */
export const PIN_ATTEMPTS = 5
export const PIN_LOCK_MS = 60_000
