// The one import from outside: IndexedDB transactions need a synchronous SHA-256, which browsers do not offer.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson } from './canonical-json.ts'

/** The `prev` of the first entry of an epoch. */
export const GENESIS = '0'.repeat(64)

/** An entry with its seal: `raw` is the canonical text, `hash` its SHA-256 in lower-case hex. */
export interface SealedEntry {
  readonly id: string
  readonly hash: string
  readonly raw: string
}

/** SHA-256 of a text's UTF-8 bytes, lower-case hex. */
export const sha256Hex = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))

/** Seals an entry: what is hashed is what is stored, sent and kept by the server, byte for byte. */
export function sealEntry(entry: { readonly id: string }): SealedEntry {
  const raw = canonicalJson(entry)
  return { id: entry.id, hash: sha256Hex(raw), raw }
}

/** SHA-256 of bytes that come in pieces; `digest` ends it. */
export function sha256OfPieces(): { add(piece: Uint8Array): void; digest(): Uint8Array<ArrayBuffer> } {
  const hash = sha256.create()
  return { add: (piece) => void hash.update(piece), digest: () => new Uint8Array(hash.digest()) }
}
