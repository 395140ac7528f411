import { describe, expect, it } from 'vitest'
import {
  ENROLMENT_CODE_ALPHABET,
  ENROLMENT_CODE_LENGTH,
  normalizeEnrolmentCode,
  zEnrolRequest,
} from './enrol.ts'

const request = {
  code: 'ABCD-EFGH',
  publicKey: { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) },
  persisted: true,
  appVersion: '0.1.0',
}

describe('an enrolment code', () => {
  it.each(['ABCD-EFGH', 'abcdefgh', ' abcd efgh ', 'AB-CD-EF-GH'])(
    'is the same however it is typed: %j',
    (code) => {
      expect(zEnrolRequest.parse({ ...request, code }).code).toBe('ABCDEFGH')
    },
  )

  it.each(['', 'ABCD-EFG', 'ABCD-EFGHJ', 'ABCD-EFG1', 'ABCD-EFGO', 'ABCD_EFGH'])('is not %j', (code) => {
    const result = zEnrolRequest.safeParse({ ...request, code })
    expect(result.error?.issues.map((issue) => issue.path.join('.'))).toEqual(['code'])
  })

  it('has no characters that are read for one another', () => {
    expect(ENROLMENT_CODE_ALPHABET).not.toMatch(/[01ILO]/)
    expect(new Set(ENROLMENT_CODE_ALPHABET).size).toBe(ENROLMENT_CODE_ALPHABET.length)
    const code = ENROLMENT_CODE_ALPHABET.slice(0, ENROLMENT_CODE_LENGTH)
    expect(normalizeEnrolmentCode(code)).toBe(code)
  })
})

describe('the key of a till', () => {
  it.each([
    ['publicKey.kty', { kty: 'RSA' }],
    ['publicKey.crv', { crv: 'P-384' }],
    ['publicKey.x', { x: 'short' }],
  ])('is refused at %s', (path, wrong) => {
    const result = zEnrolRequest.safeParse({ ...request, publicKey: { ...request.publicKey, ...wrong } })
    expect(result.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
  })

  it('is read without its private half, should a till ever send it', () => {
    const publicKey = { ...request.publicKey, d: 'secret', key_ops: ['sign'] }
    expect(zEnrolRequest.parse({ ...request, publicKey }).publicKey).toEqual(request.publicKey)
  })
})
