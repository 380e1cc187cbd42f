import { createHash, createPublicKey, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf, type SignedBundle, signedBundle } from '../../test/support/offline-world.ts'
import { newInstanceKey, noteSigner } from '../ledger/checkpoint.ts'
import { type OfflineContent, openOfflineBundle } from './offline-bundle.ts'
import { mayReplace, type OfflineProof, type ProofPorts, proveOffline } from './offline-note.ts'

const AT = '2026-11-20T09:00:00.000Z'
const NOW_MS = Date.parse('2026-11-22T09:00:00Z')

/** Three classes: dangerous, a label, an allowance. */
function contentOf(
  entries: OfflineContent['entries'],
  rest: Partial<OfflineContent> = {},
): OfflineContent {
  const list = (dataset: string) => ({
    ...{ dataset, title: dataset, authority: 'Authority', kind: 'phishing' },
    licence: { id: 'MIT', name: 'MIT', url: null },
    ...{ version: '1', publishedAt: AT, maxAgeDays: 7, page: 'https://list.example/', entries: 1 },
  })
  const base = { list: 0, state: 'active', listedAt: null, isBlock: true } as const
  return {
    ...{ origin: 'custos.test/offline-world', version: 100, ruleset: 'test' },
    checkpoint: { size: 7, root: 'cm9vdA==' },
    ...{ at: AT, expires: '2026-12-20T09:00:00.000Z', absent: [], suffixes: [] },
    lists: [list('one'), list('two')],
    findings: [
      { ...base, kind: 'phishing', rule: 'phishing.listed', severity: 'danger' },
      { ...base, kind: 'label', rule: 'label.info', severity: 'info' },
    ],
    classes: [{ exact: [0] }, { exact: [1] }, { exact: [], allowedBy: [1] }],
    ...{ addresses: 0, sites: entries.length, entries, ...rest },
  }
}

const key = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }).map((text) => `h:${text}`)
const keys = fc.uniqueArray(key, { maxLength: 400 })
const placed = (all: readonly string[]) => all.map((one, i) => [one, i % 3] as const)

describe('a bundle', () => {
  it('finds every key that was put in, with its class, and no other', () => {
    fc.assert(
      fc.property(keys, keys, (inside, others) => {
        const bundle = openOfflineBundle(bytesOf(contentOf(placed(inside))))
        for (const [one, place] of placed(inside)) {
          expect(bundle.find(one)).toEqual(bundle.header.classes[place])
        }
        const known = new Set(inside)
        for (const one of others) if (!known.has(one)) expect(bundle.find(one)).toBeUndefined()
      }),
      { numRuns: 60 },
    )
  })

  it('is the same bytes in whatever order its keys come', () => {
    fc.assert(
      fc.property(keys, (all) => {
        const forth = bytesOf(contentOf(placed(all)))
        const back = bytesOf(contentOf([...placed(all)].reverse()))
        expect(Buffer.from(back).equals(forth)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  it('holds a key in seven bytes and its header', () => {
    const many = Array.from({ length: 5_000 }, (_, i) => [`h:${i}.example`, 0] as const)
    const few = bytesOf(contentOf(many.slice(0, 10))).length
    expect(bytesOf(contentOf(many)).length - few).toBeLessThan(5_000 * 7 + 2_000)
  })

  it('spreads its keys by the root, so that nobody can prepare two that meet', () => {
    const entries = placed(['h:evil.top', 'h:other.example'])
    const here = bytesOf(contentOf(entries))
    const there = bytesOf(contentOf(entries, { checkpoint: { size: 7, root: 'b3RoZXI=' } }))
    expect(Buffer.from(here).subarray(-14, -4).equals(there.subarray(-14, -4))).toBe(false)
  })

  it('refuses bytes that are cut, longer, or of another kind', () => {
    const bytes = bytesOf(contentOf(placed(['h:a.example', 'h:b.example'])))
    for (let end = 0; end < bytes.length; end += 7) {
      expect(() => openOfflineBundle(bytes.slice(0, end))).toThrow(/damaged/)
    }
    expect(() => openOfflineBundle(Uint8Array.from([...bytes, 0]))).toThrow(/damaged/)
    expect(() => openOfflineBundle(new Uint8Array(64))).toThrow(/damaged/)
  })

  it('refuses places that point at nothing: they would read as "not listed"', () => {
    const wrong = [
      { classes: [{ exact: [7] }] },
      { classes: [{ exact: [], allowedBy: [9] }] },
      { findings: [{ ...contentOf([]).findings[0], list: 5 }] },
      { at: 'yesterday' },
    ]
    for (const rest of wrong) {
      const bytes = bytesOf(contentOf([], rest as Partial<OfflineContent>))
      expect(() => openOfflineBundle(bytes)).toThrow(/damaged/)
    }
    const beyond = bytesOf(contentOf([['h:a.example', 3]]))
    expect(() => openOfflineBundle(beyond).find('h:a.example')).toThrow(/damaged/)
  })
})

const ports: ProofPorts = {
  sha256: async (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  verify: async (raw, signature, message) => {
    const x = Buffer.from(raw).toString('base64url')
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return verify(null, message, publicKey, signature)
  },
}
const prove = (proof: OfflineProof) => proveOffline(proof, ports)
const made = signedBundle(contentOf(placed(['h:evil.top', 'h:a.example', 'a:0x01'])))

describe('a proof', () => {
  it('accepts what the instance signed, and says so', async () => {
    const { bundle, isSigned, body } = await prove(made)
    expect(isSigned).toBe(true)
    expect(body).toMatchObject({ version: 100, origin: 'custos.test/offline-world' })
    expect(bundle.find('h:evil.top')).toEqual({ exact: [0] })
  })

  it('says where a browser cannot check signatures, and still compares the hash', async () => {
    const blind = { ...ports, verify: async () => undefined }
    expect((await proveOffline(made, blind)).isSigned).toBe(false)
    const bytes = made.bytes.slice()
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    await expect(proveOffline({ ...made, bytes }, blind)).rejects.toMatchObject({
      code: 'offline.damaged',
    })
  })

  it('refuses a change of any bit of the bundle', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(made.bytes.length - 1),
        fc.integer({ min: 0, max: 7 }),
        async (at, bit) => {
          const bytes = made.bytes.slice()
          bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
          await expect(prove({ ...made, bytes })).rejects.toMatchObject({ code: 'offline.damaged' })
        },
      ),
      { numRuns: 100 },
    )
  })

  it('refuses a bundle that is cut or that goes on', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(made.bytes.length - 1), fc.boolean(), async (at, isLonger) => {
        const bytes = isLonger
          ? Uint8Array.from([...made.bytes, ...made.bytes.slice(at)])
          : made.bytes.slice(0, at)
        await expect(prove({ ...made, bytes })).rejects.toMatchObject({ code: 'offline.damaged' })
      }),
      { numRuns: 100 },
    )
  })

  it('refuses a change of any character of the note', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(made.note.length - 1),
        fc.constantFrom('0', 'A', '\n', '=', 'é'),
        async (at, by) => {
          const note = made.note.slice(0, at) + by + made.note.slice(at + 1)
          fc.pre(note !== made.note)
          await expect(prove({ ...made, note })).rejects.toMatchObject({
            code: expect.stringMatching(/^offline\.(bad_signature|damaged)$/),
          })
        },
      ),
      { numRuns: 100 },
    )
  })

  it('refuses a note or a key of somebody else', async () => {
    const other: SignedBundle = signedBundle(
      contentOf(placed(['h:evil.top'])),
      noteSigner(newInstanceKey(), 'custos.test/offline-world'),
    )
    for (const proof of [
      { ...made, vkey: other.vkey },
      { ...made, note: other.note },
      { ...made, vkey: 'nonsense' },
      { ...made, note: '' },
    ]) {
      await expect(prove(proof)).rejects.toMatchObject({ code: 'offline.bad_signature' })
    }
    await expect(prove({ ...other, bytes: made.bytes })).rejects.toMatchObject({
      code: 'offline.damaged',
    })
  })
})

describe('what is installed', () => {
  const next = { version: 100, expires: '2026-12-20T09:00:00.000Z' }
  const code = (run: () => void) => {
    try {
      run()
    } catch (error) {
      return (error as { code?: string }).code
    }
    return undefined
  }

  it('gives way to the same and to every newer one of its key', () => {
    fc.assert(
      fc.property(fc.nat(100), (version) => {
        mayReplace(next, 'key', { version, vkey: 'key' }, NOW_MS)
      }),
    )
    mayReplace(next, 'key', undefined, NOW_MS)
  })

  it('never gives way to an older one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 101, max: 1e9 }), (version) => {
        expect(code(() => mayReplace(next, 'key', { version, vkey: 'key' }, NOW_MS))).toBe(
          'offline.older',
        )
      }),
    )
  })

  it('never gives way to another key, nor to one that is out of date', () => {
    const known = { version: 1, vkey: 'key' }
    expect(code(() => mayReplace(next, 'other', known, NOW_MS))).toBe('offline.other_key')
    const later = Date.parse(next.expires)
    expect(code(() => mayReplace(next, 'key', known, later))).toBe('offline.expired')
    expect(code(() => mayReplace(next, 'key', undefined, later))).toBe('offline.expired')
  })
})
