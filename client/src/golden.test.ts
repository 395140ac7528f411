import { MESSAGES } from '@evertill/shared/fixtures/golden'
import { GOLDEN_CHECKS } from '@evertill/shared/fixtures/golden-suite'
import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { pinVerifier } from './store/pin-verifier.ts'
import { settlementOf } from './sync/settle.ts'
import { signToken } from './sync/token.ts'

// The server runs the same fixtures (server/src/golden.test.ts): what one side changes alone, fails.

describe('golden fixtures on the till', () => {
  it.each(GOLDEN_CHECKS)('$name', (check) => {
    expect(check.actual()).toStrictEqual(check.expected)
  })

  it('hash to the same in the browser’s own SHA-256', async () => {
    for (const { raw, hash } of MESSAGES.entries) {
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(raw))
      expect(Buffer.from(digest).toString('hex')).toBe(hash)
    }
  })

  it('settle each entry by its outcome, and none that the answer does not name', () => {
    const sent = MESSAGES.entries.map(({ hash, raw }, i) => ({ seq: i + 1, hash, raw }))
    const hashOf = (seq: number) => MESSAGES.entries[seq - 1]?.hash
    expect(settlementOf(sent, MESSAGES.pushResponse.outcomes)).toEqual([
      { seq: 1, hash: hashOf(1), fate: 'applied' },
      { seq: 2, hash: hashOf(2), fate: 'duplicate' },
      { seq: 3, hash: hashOf(3), fate: 'applied', exceptions: ['stock-negative', 'unknown-product'] },
      { seq: 4, hash: hashOf(4), fate: 'held', reason: 'The entry has wrong fields.' },
    ])
  })

  it('bind a push to its token by the hash of its bytes', async () => {
    const key = { name: 'ECDSA', namedCurve: 'P-256' }
    const { privateKey } = await crypto.subtle.generateKey(key, false, ['sign', 'verify'])
    const token = await signToken(
      { companyId: MESSAGES.pullResponse.company.companyId, tillId: MESSAGES.pin.tillId, privateKey },
      { method: 'POST', path: '/api/push', body: new TextEncoder().encode(MESSAGES.push.text), at: 0 },
    )
    expect(decodeJwt(token)).toMatchObject({ bh: MESSAGES.push.bodyHash, htm: 'POST', htu: '/api/push' })
  })

  it('check a PIN against the verifier the server made', async () => {
    const { pin, salt, tillId, verifier } = MESSAGES.pin
    expect(await pinVerifier(pin, salt, tillId)).toBe(verifier)
    expect(await pinVerifier('4712', salt, tillId)).not.toBe(verifier)
  })
})
