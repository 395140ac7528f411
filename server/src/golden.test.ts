import { createHash } from 'node:crypto'
import { MESSAGES } from '@evertill/shared/fixtures/golden'
import { GOLDEN_CHECKS } from '@evertill/shared/fixtures/golden-suite'
import { PIN_ARGON2 } from '@evertill/shared/protocol/pin'
import { OUTLET_ID, TILL_ID } from '@evertill/shared/testing/builders'
import { argon2id } from 'hash-wasm'
import { describe, expect, it } from 'vitest'
import { pinVerifier } from './feed/pull.ts'
import { readLine } from './replay/read-line.ts'
import { readPush } from './replay/read-push.ts'

// Tills run the same fixtures (client/src/golden.test.ts): what one side changes alone, fails.

const owner = { till_id: TILL_ID, outlet_ids: [OUTLET_ID] }
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8')
const lineOf = ({ hash, raw }: { hash: string; raw: string }) => Buffer.from(`${hash} ${raw}`)

describe('golden fixtures on the server', () => {
  it.each(GOLDEN_CHECKS)('$name', (check) => {
    expect(check.actual()).toStrictEqual(check.expected)
  })

  it('hash to the same in Node’s own SHA-256', () => {
    for (const { raw, hash } of MESSAGES.entries) expect(sha256(raw).digest('hex')).toBe(hash)
    expect(sha256(MESSAGES.push.text).digest('base64url')).toBe(MESSAGES.push.bodyHash)
  })

  it('are a push whose every line is read, kept as it was hashed and found in order', () => {
    const push = readPush(Buffer.from(MESSAGES.push.text))
    if ('code' in push) throw new Error(push.message)
    expect(push.header).toEqual(MESSAGES.push.header)
    const read = push.lines.map((line) => readLine(line, owner))
    expect(read).toMatchObject(
      MESSAGES.entries.map(({ id, hash, raw }) => ({
        readable: true,
        hash,
        raw,
        entry: { id },
        findings: [],
      })),
    )
  })

  it.each(MESSAGES.damaged)('quarantine $name with its hash and the fields at fault', (damaged) => {
    const read = readLine(lineOf(damaged), owner)
    if (read.readable) throw new Error('it was read')
    expect(read.hash).toBe(damaged.hash)
    expect(read.fields.map((field) => field.path)).toEqual(damaged.fields)
  })

  it('make the verifier that a till checks a PIN against', async () => {
    const { pin, salt, base, tillId, verifier } = MESSAGES.pin
    const computed = await argon2id({
      password: pin,
      salt: Buffer.from(salt, 'hex'),
      ...PIN_ARGON2,
      outputType: 'hex',
    })
    expect(computed).toBe(base)
    expect(pinVerifier(base, tillId)).toBe(verifier)
  })
})
