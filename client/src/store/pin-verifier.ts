import { PIN_ARGON2 } from '@evertill/shared/protocol/pin'
import { argon2id } from 'hash-wasm'

/** See shared/protocol/pin.ts. */
export async function pinVerifier(pin: string, salt: string, tillId: string): Promise<string> {
  const base = await argon2id({
    password: pin,
    salt: bytesOf(salt),
    ...PIN_ARGON2,
    outputType: 'binary',
  })
  const key = await crypto.subtle.importKey(
    'raw',
    new Uint8Array(base),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(tillId)))
  return [...mac].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
