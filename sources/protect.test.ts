import { describe, expect, it } from 'vitest'
import { datasetsOf, loadCatalogue } from '../src/ingest/catalogue.ts'
import { buildProtected } from '../src/score/host/protected.ts'
import { flaggedShare, withoutOwn } from '../test/support/lookalike-measure.ts'
import { readRecordedHosts } from '../test/support/recorded-hosts.ts'

const mirror = process.env.CUSTOS_MIRROR ?? ''

/** INTERFACE §3: of the recorded benign hosts at most this share may be flagged. */
const BENIGN_SHARE_MAX = 0.005

/** Above it the register is one of small businesses: no register of licensed firms is near. */
const FIRMS_MAX = 5_000

describe('registers whose firms are protected against look-alikes', () => {
  it('are none where thousands of businesses registered themselves', () => {
    for (const { name, kind, protectSites, assertions } of datasetsOf(loadCatalogue()).values()) {
      const max = assertions.find(({ metric }) => metric === 'entities')?.max ?? 0
      // ESMA's registers hold firms that were authorised, and issuers that named themselves in law.
      if (kind !== 'register' || name.startsWith('eu_esma')) continue
      if (max > FIRMS_MAX) expect(protectSites, name).toBe(false)
    }
  })

  it.runIf(mirror !== '')('because thousands of small sites would flag honest ones', async (t) => {
    const { benign, protectedHosts } = readRecordedHosts(mirror)
    const known = protectedHosts.map((host) => ({ host }))
    const rest = withoutOwn(buildProtected(known), benign)
    const small = rest.filter((_, i) => i % 2 === 0)
    const asked = rest.filter((_, i) => i % 2 === 1)
    const without = flaggedShare(buildProtected(known), asked)
    const withThem = flaggedShare(
      buildProtected([...known, ...small.map((host) => ({ host }))]),
      asked,
    )
    await t.annotate(`without ${without.text}; with ${small.length} small sites ${withThem.text}`)
    expect(without.value).toBeLessThanOrEqual(BENIGN_SHARE_MAX)
    expect(withThem.value).toBeGreaterThan(BENIGN_SHARE_MAX)
  })
})
