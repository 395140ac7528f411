import { GENESIS, type SealedEntry, sealEntry } from '@evertill/shared/domain/journal-hash'
import { type EnrolResponse, zEnrolResponse } from '@evertill/shared/protocol/enrol'
import type { EntryKind, EntryOf } from '@evertill/shared/protocol/entry'
import {
  PUSH_CONTENT_TYPE,
  type PushHeader,
  type PushResponse,
  pushText,
  zPushResponse,
} from '@evertill/shared/protocol/push'
import { PROTOCOL_VERSION } from '@evertill/shared/protocol/version'
import { v7 as uuidV7 } from 'uuid'
import { signToken } from '../src/sync/token.ts'
import type { OfficeClient } from './office-client.ts'

/** A till without a screen: it enrols, signs and sends as a real one does, and writes whatever it is told to. */
export class PaperTill {
  readonly tillId: string
  readonly outletId: string
  readonly name: string
  readonly #url: string
  readonly #enrolled: EnrolResponse
  readonly #privateKey: CryptoKey
  readonly #staffId: string
  #seq = 0
  #prev: string = GENESIS

  private constructor(
    url: string,
    name: string,
    enrolled: EnrolResponse,
    privateKey: CryptoKey,
    staffId: string,
  ) {
    this.tillId = enrolled.tillId
    this.outletId = enrolled.outletId
    this.name = name
    this.#url = url
    this.#enrolled = enrolled
    this.#privateKey = privateKey
    this.#staffId = staffId
  }

  static async enrol(url: string, office: OfficeClient, name: string, staffId: string): Promise<PaperTill> {
    const { enrolPath } = await office.newTill(name)
    const key = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
      'verify',
    ])
    const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', key.publicKey)
    const answer = await fetch(`${url}/api/enrol`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        code: new URL(enrolPath, url).hash.slice(1),
        publicKey: { kty, crv, x, y },
        persisted: true,
        appVersion: 'paper',
      }),
    })
    if (!answer.ok) throw new Error(`enrol: ${answer.status} ${await answer.text()}`)
    return new PaperTill(url, name, zEnrolResponse.parse(await answer.json()), key.privateKey, staffId)
  }

  /** Seals the next entry of its journal. */
  write<K extends EntryKind>(kind: K, body: EntryOf<K>['body'], rest: Partial<EntryOf<K>> = {}): SealedEntry {
    this.#seq += 1
    const at = new Date().toISOString()
    const entry = {
      v: PROTOCOL_VERSION,
      id: uuidV7(),
      tillId: this.tillId,
      outletId: this.outletId,
      epoch: this.#enrolled.epoch,
      seq: this.#seq,
      at,
      clockOffsetMs: 0,
      // The demo's outlets are in Singapore, and their day begins at midnight.
      businessDate: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10),
      staffId: this.#staffId,
      prev: this.#prev,
      kind,
      body,
      ...rest,
    }
    const sealed = sealEntry(entry)
    this.#prev = sealed.hash
    return sealed
  }

  /** Sends entries; what stands under `raw` need not be one. */
  async push(entries: readonly { readonly hash: string; readonly raw: string }[]): Promise<PushResponse> {
    const header: PushHeader = {
      version: PROTOCOL_VERSION,
      epoch: this.#enrolled.epoch,
      report: { waiting: 0, oldestWaitingAt: null, clockOffsetMs: 0, appVersion: 'paper', persisted: true },
    }
    const body = new TextEncoder().encode(pushText(header, entries))
    const till = { companyId: this.#enrolled.companyId, tillId: this.tillId, privateKey: this.#privateKey }
    const token = await signToken(till, { method: 'POST', path: '/api/push', body, at: Date.now() })
    const answer = await fetch(`${this.#url}/api/push`, {
      method: 'POST',
      headers: { 'content-type': PUSH_CONTENT_TYPE, authorization: `Bearer ${token}` },
      body,
    })
    if (!answer.ok) throw new Error(`push: ${answer.status} ${await answer.text()}`)
    return zPushResponse.parse(await answer.json())
  }
}

/** The hash a text is sent under, whatever the text is. */
export async function hashed(raw: string): Promise<{ hash: string; raw: string }> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(raw))
  return { hash: Buffer.from(digest).toString('hex'), raw }
}
