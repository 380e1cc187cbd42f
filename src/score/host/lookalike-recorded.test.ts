import { describe, expect, it } from 'vitest'
import {
  flaggedShare,
  leaveOwnBrandOut,
  spellingBrand,
  withoutOwn,
} from '../../../test/support/lookalike-measure.ts'
import { type RecordedHosts, readRecordedHosts } from '../../../test/support/recorded-hosts.ts'
import { buildProtected, type ProtectedHost } from './protected.ts'

const mirror = process.env.CUSTOS_MIRROR ?? ''

/** INTERFACE §3: of the recorded benign hosts at most this share may be flagged. */
const BENIGN_SHARE_MAX = 0.005

describe.runIf(mirror !== '')('look-alikes on the recorded hosts', () => {
  let recorded: RecordedHosts | undefined
  const data = () => {
    recorded ??= readRecordedHosts(mirror)
    return recorded
  }
  const known = () => {
    const { protectedHosts, licensedHosts } = data()
    return protectedHosts.map(
      (host): ProtectedHost => ({ host, isLicensed: licensedHosts.has(host) }),
    )
  }
  const chosen = () => {
    const { fuzzylist, tolerance } = data().metamask
    return fuzzylist.map((host): ProtectedHost => ({ host, tolerance }))
  }

  it('at most 0.5 % of the benign hosts are flagged, of all and of the unprotected', async (t) => {
    const matcher = buildProtected(known())
    const all = flaggedShare(matcher, data().benign)
    const others = flaggedShare(matcher, withoutOwn(matcher, data().benign))
    await t.annotate(`of all ${all.text}; of those not protected ${others.text}`)
    expect(all.value, all.text).toBeLessThanOrEqual(BENIGN_SHARE_MAX)
    expect(others.value, others.text).toBeLessThanOrEqual(BENIGN_SHARE_MAX)
  })

  it('nor are more when a list adds brands, and allows honest hosts near them', async (t) => {
    const list = [...known(), ...chosen()]
    const allowed = flaggedShare(buildProtected(list, data().metamask.whitelist), data().benign)
    const without = flaggedShare(buildProtected(list), data().benign)
    await t.annotate(`with the allowed hosts known ${allowed.text}; unknown ${without.text}`)
    expect(allowed.value, allowed.text).toBeLessThanOrEqual(BENIGN_SHARE_MAX)
  })

  it('nor when no benign host finds its own brand among the protected ones', async (t) => {
    const result = leaveOwnBrandOut(known(), data().benign)
    await t.annotate(result.text)
    expect(result.value, result.text).toBeLessThanOrEqual(BENIGN_SHARE_MAX)
  })

  it('most listed hosts that spell out a protected brand are flagged', async (t) => {
    const { metamask, scamsniffer } = data()
    const matcher = buildProtected([...known(), ...chosen()], metamask.whitelist)
    const listed = [...metamask.blacklist, ...scamsniffer]
    const spelled = flaggedShare(matcher, spellingBrand(matcher, listed))
    const all = flaggedShare(matcher, listed)
    await t.annotate(`of those spelling a brand ${spelled.text}; of all listed ${all.text}`)
    expect(spelled.value, spelled.text).toBeGreaterThan(0.5)
    expect(all.value, all.text).toBeGreaterThan(0.05)
  })
})
