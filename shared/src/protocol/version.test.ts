import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { canonicalJson } from '../domain/canonical-json.ts'
import { sha256Hex } from '../domain/journal-hash.ts'
import { zEnrolAgainRequest, zEnrolAgainResponse, zEnrolRequest, zEnrolResponse } from './enrol.ts'
import { zEntry } from './entry.ts'
import { zPapersResponse } from './papers.ts'
import { zProblem } from './problem.ts'
import { zPullResponse } from './pull.ts'
import { zPushHeader, zPushResponse } from './push.ts'
import { OLDEST_PROTOCOL_VERSION, PROTOCOL_SCHEMA_HASH, PROTOCOL_VERSION } from './version.ts'

const WIRE = {
  zEntry,
  zPushHeader,
  zPushResponse,
  zPullResponse,
  zPapersResponse,
  zEnrolRequest,
  zEnrolResponse,
  zEnrolAgainRequest,
  zEnrolAgainResponse,
  zProblem,
}

/** The schemas as they stand on the wire: what is sent, before any reading. */
const wireSchema = (schemas: Readonly<Record<string, z.ZodType>>): string =>
  canonicalJson(
    Object.entries(schemas).map(([name, schema]) => [name, z.toJSONSchema(schema, { io: 'input' })]),
  )

describe('the protocol version', () => {
  it('stands for the wire schemas: a change of any of them is a decision, not an accident', () => {
    const hash = sha256Hex(wireSchema(WIRE))
    expect(
      hash,
      `A schema of what travels between tills and server has changed.
Tills in the field speak the old one and hold unsent sales in it. If tills have been released since the last pin:
  1. raise PROTOCOL_VERSION in version.ts;
  2. make the server read the versions back to OLDEST_PROTOCOL_VERSION, and keep samples of them as fixtures.
Either way: run \`node --import tsx shared/src/fixtures/make-fixtures.ts\`, read what changed in the fixtures,
and set PROTOCOL_SCHEMA_HASH to '${hash}'.`,
    ).toBe(PROTOCOL_SCHEMA_HASH)
  })

  it('is found out by every kind of change: a field, a bound, a pattern, an optional', () => {
    const base = { a: z.object({ name: z.string().max(200) }) }
    const changes: Record<string, z.ZodType>[] = [
      { a: z.object({ name: z.string().max(200), more: z.boolean() }) },
      { a: z.object({ name: z.string().max(201) }) },
      { a: z.object({ name: z.string().max(200).regex(/x/) }) },
      { a: z.object({ name: z.exactOptional(z.string().max(200)) }) },
      { b: z.object({ name: z.string().max(200) }) },
    ]
    for (const changed of changes) expect(wireSchema(changed)).not.toBe(wireSchema(base))
  })

  it('is the newest of at most four that the server accepts', () => {
    expect(OLDEST_PROTOCOL_VERSION).toBeGreaterThanOrEqual(1)
    expect(PROTOCOL_VERSION - OLDEST_PROTOCOL_VERSION).toBeLessThanOrEqual(3)
  })
})
