import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { AppError } from '../../src/base/error.ts'
import type { Verdict } from '../../src/model/verdict.ts'
import { openWorld, WORLD_DATASETS, WORLD_QUERIES, type World } from '../support/world.ts'

/** What may have become of a source. Each but the first is a loss, an age or a failure. */
const FATES = ['current', 'aged', 'undated', 'failed', 'blocked', 'removed', 'unread'] as const
type Fate = (typeof FATES)[number]
type Fates = Readonly<Record<string, Fate>>

const NAMES = WORLD_DATASETS.map((dataset) => dataset.name)
const RUNS = Number(process.env.CUSTOS_FUZZ_RUNS ?? 120)

const opened: World[] = []
afterAll(async () => {
  for (const world of opened) await world.close()
})

async function worldOf(fates: Fates): Promise<World> {
  const having = (fate: Fate) => NAMES.filter((name) => fates[name] === fate)
  const publishedAt: Record<string, string | null> = {}
  for (const name of having('aged')) publishedAt[name] = '2026-09-01T00:00:00Z'
  for (const name of having('undated')) publishedAt[name] = null
  const attempts: Record<string, 'failed' | 'blocked'> = {}
  for (const name of having('failed')) attempts[name] = 'failed'
  for (const name of having('blocked')) attempts[name] = 'blocked'
  const world = await openWorld({
    read: NAMES.filter((name) => fates[name] !== 'unread'),
    has: NAMES.filter((name) => fates[name] !== 'removed'),
    publishedAt,
    attempts,
  })
  opened.push(world)
  return world
}

const RANK = { no_adverse_evidence: 0, unknown: 1, warning: 2, danger: 3 } as const

/** Adverse findings by what they quote; a look-alike quotes the site that it resembles. */
function adverse(verdict: Verdict): string[] {
  return verdict.findings
    .filter(({ severity }) => severity === 'danger' || severity === 'warning')
    .map(({ dataset, statements }) => `${dataset} ${statements[0] ?? ''}`)
}

const fates = fc.record(
  Object.fromEntries(NAMES.map((name) => [name, fc.constantFrom(...FATES)])),
) as fc.Arbitrary<Fates>
const mostlyCurrent = fc.record(
  Object.fromEntries(
    NAMES.map((name) => [
      name,
      fc.oneof(
        { weight: 12, arbitrary: fc.constant('current' as Fate) },
        { weight: 1, arbitrary: fc.constantFrom(...FATES) },
      ),
    ]),
  ),
) as fc.Arbitrary<Fates>
const losses = fc.dictionary(
  fc.constantFrom(...NAMES),
  fc.constantFrom(...FATES.filter((fate) => fate !== 'current')),
  { minKeys: 1, maxKeys: 4 },
)

/** Another loss on top of an old one must not undo it: an unread source cannot age. */
function worse(base: Fates, lost: Fates): Fates {
  const out: Record<string, Fate> = { ...base }
  for (const [name, fate] of Object.entries(lost)) if (base[name] === 'current') out[name] = fate
  return out
}

describe('no loss, age or failure of a source makes a verdict friendlier (P8)', () => {
  it('never turns anything into no adverse evidence, and never drops what was said', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(mostlyCurrent, fates), losses, async (base, lost) => {
        const after = worse(base, lost)
        const before = await worldOf(base)
        const then = await worldOf(after)
        const changed = NAMES.filter((name) => base[name] !== after[name])
        const isUnread = changed.some((name) => after[name] === 'unread')
        const isRemoved = changed.some((name) => after[name] === 'removed')
        for (const q of WORLD_QUERIES) {
          const a = await before.queries.check({ q })
          const b = await then.queries.check({ q })
          const said = `${q}: ${a.verdict} became ${b.verdict} after ${JSON.stringify(lost)}`
          // What was never read, or whose sites are no longer known, may end as unknown: not better.
          const floor = isUnread || isRemoved ? Math.min(1, RANK[a.verdict]) : RANK[a.verdict]
          expect(RANK[b.verdict], said).toBeGreaterThanOrEqual(floor)
          if (isUnread || isRemoved) continue
          expect(adverse(b), said).toEqual(expect.arrayContaining(adverse(a)))
        }
        await before.close()
        await then.close()
      }),
      { numRuns: RUNS },
    )
  })

  it('keeps a finding of a stale, failed or blocked list, and names its state beside it', async () => {
    for (const fate of ['aged', 'undated', 'failed', 'blocked'] as const) {
      const world = await worldOf({ ...all('current'), scamsniffer: fate })
      const { verdict, notChecked } = await world.queries.check({ q: 'evil.top' })
      expect(verdict).toBe('danger')
      const row = notChecked.find(({ dataset }) => dataset === 'scamsniffer')
      const state = fate === 'aged' || fate === 'undated' ? 'stale' : fate
      expect(row).toMatchObject({ state, version: expect.any(String) })
    }
  })

  it('gives unknown for a clean subject when any list that could have told was removed', async () => {
    const clean = await worldOf(all('current'))
    expect((await clean.queries.check({ q: 'clean-host.org' })).verdict).toBe('no_adverse_evidence')
    for (const fate of ['removed', 'unread'] as const) {
      for (const name of ['scamsniffer', 'polkadot_phishing', 'eu_esma_ncasp', 'us_ofac_sdn']) {
        const world = await worldOf({ ...all('current'), [name]: fate })
        expect((await world.queries.check({ q: 'clean-host.org' })).verdict).toBe('unknown')
      }
    }
  })

  it('is as true of an asked day as of now', async () => {
    for (const asOf of ['2026-11-20', '2026-11-21', '2026-11-25', '2020-01-01']) {
      const before = await worldOf(all('current'))
      for (const name of NAMES) {
        const then = await worldOf({ ...all('current'), [name]: 'failed' })
        for (const q of WORLD_QUERIES) {
          const a = await before.queries.check({ q, asOf })
          const b = await then.queries.check({ q, asOf })
          expect(RANK[b.verdict]).toBeGreaterThanOrEqual(RANK[a.verdict])
        }
        await then.close()
      }
    }
  })
})

function all(fate: Fate): Record<string, Fate> {
  return Object.fromEntries(NAMES.map((name) => [name, fate]))
}

describe('whatever is asked', () => {
  it('is answered, or refused with a code and status 400', async () => {
    const world = await worldOf(all('current'))
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constantFrom(...WORLD_QUERIES),
      fc.webUrl(),
      fc.ipV6(),
      fc.string({ unit: fc.constantFrom(...'0123456789abcdefx.:/-'), maxLength: 70 }),
      fc.constantFrom('../..', '\u0000', '￾', '‮', '[', '%00', "' OR 1=1 --", '<script>'),
    )
    const time = fc.constantFrom(
      undefined,
      '2026-11-21',
      '2026-13-01',
      'now',
      '',
      '2026-11-21T00:00Z',
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { minLength: 1, maxLength: 3 }),
        time,
        async (pieces, asOf) => {
          try {
            const verdict = await world.queries.check({ q: pieces.join(' '), asOf })
            expect(Object.keys(RANK)).toContain(verdict.verdict)
            expect(verdict.summary).not.toBe('')
          } catch (error) {
            expect(error).toBeInstanceOf(AppError)
            expect((error as AppError).status).toBe(400)
          }
        },
      ),
      { numRuns: Math.max(RUNS * 20, 2_000) },
    )
  })
})
