import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GENESIS, type SealedEntry, sealEntry, sha256Hex } from './journal-hash.ts'

describe('SHA-256', () => {
  // Source: FIPS 180-2 appendix B.1 and the empty string of NIST's test vectors.
  it.each([
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ])('of %j is the published one', (text, hash) => {
    expect(sha256Hex(text)).toBe(hash)
  })

  it('is over UTF-8, as any other implementation has it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(sha256Hex(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'))
      }),
    )
  })
})

describe('a journal', () => {
  interface Link {
    readonly id: string
    readonly seq: number
    readonly prev: string
    readonly total: number
  }
  const chain = (totals: readonly number[]): SealedEntry[] => {
    const sealed: SealedEntry[] = []
    totals.forEach((total, i) => {
      const link: Link = { id: `entry-${i + 1}`, seq: i + 1, prev: sealed.at(-1)?.hash ?? GENESIS, total }
      sealed.push(sealEntry(link))
    })
    return sealed
  }
  /** The first place where the chain does not hold, by what the server keeps: raw text and hash. */
  const broken = (entries: readonly SealedEntry[]) =>
    entries.findIndex((entry, i) => {
      const { prev } = JSON.parse(entry.raw) as Link
      return sha256Hex(entry.raw) !== entry.hash || prev !== (entries[i - 1]?.hash ?? GENESIS)
    })
  const anyTotals = fc.array(fc.nat(100_000), { minLength: 2, maxLength: 12 })

  it('is a chain: every entry names the hash of the one before it, the first names GENESIS', () => {
    fc.assert(
      fc.property(anyTotals, (totals) => {
        expect(broken(chain(totals))).toBe(-1)
      }),
    )
  })

  it('shows a changed entry, even one sealed anew', () => {
    fc.assert(
      fc.property(anyTotals, fc.nat(), (totals, anywhere) => {
        const entries = chain(totals)
        const at = anywhere % (entries.length - 1) // a re-sealed last entry is found by whoever holds its hash
        const entry = entries[at]
        if (entry === undefined) throw new Error('no entry')
        const link = JSON.parse(entry.raw) as Link
        const forged = { ...link, total: link.total + 1 }
        expect(broken(entries.with(at, { ...entry, raw: sealEntry(forged).raw }))).toBe(at)
        expect(broken(entries.with(at, sealEntry(forged)))).toBe(at + 1)
      }),
    )
  })

  it('shows a removed, a repeated and a swapped entry', () => {
    fc.assert(
      fc.property(anyTotals, (totals) => {
        const entries = chain(totals)
        const [first, second, ...rest] = entries
        if (first === undefined || second === undefined) throw new Error('two entries expected')
        expect(broken([second, ...rest])).toBe(0)
        expect(broken([first, first, second, ...rest])).toBe(1)
        expect(broken([second, first, ...rest])).toBe(0)
      }),
    )
  })

  it('seals the same entry to the same text and hash, whatever order its fields are in', () => {
    const { id, hash, raw } = sealEntry({ id: 'a', seq: 1 } as { id: string })
    const again = sealEntry({ seq: 1, id: 'a' } as { id: string })
    expect(again).toEqual({ id, hash, raw })
    expect(raw).toBe('{"id":"a","seq":1}')
  })
})
