import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Evidence, SourceFacts } from '../risk/types.ts'
import { firmOn, labelOf } from './label.ts'
import { BASE, CAPS, POINTS, scoreOf, WEIGHTS } from './score.ts'
import type { FirmFacts } from './serve-rows.ts'

const DAY = '2026-11-22'
const DOC = readFileSync(new URL('../../../docs/method/firm-score.md', import.meta.url), 'utf8')
const LABELS = readFileSync(new URL('../../../docs/method/labels.md', import.meta.url), 'utf8')

let sid = 0
function said(
  prop: string,
  value: string | Readonly<Record<string, unknown>>,
  source: Partial<SourceFacts> = {},
  entity = 'firm',
): Evidence {
  sid += 1
  const isText = typeof value === 'string'
  return {
    ...{ sid, id: `s${sid}`, entity: `list:${entity}`, prop, original: null, lang: null },
    value: isText ? value : '',
    json: isText ? {} : value,
    source: {
      ...{ dataset: 'list', title: 'List', kind: 'register', authority: 'EXA', country: 'MT' },
      ...{ role: 'issuer', page: null, ...source },
    },
    intervals: [{ from: '2025-01-01', to: null }],
  }
}

const licence = (value: Readonly<Record<string, unknown>> = {}, entity = 'firm') =>
  said(
    'licence',
    {
      ...{ regulator: 'EXA', country: 'MT', kind: 'licence', holder: 'Firm Ltd', lei: null },
      ...{ status: 'authorised', services: ['a', 'b', 'c'], countries: ['MT'], from: '2024-01-01' },
      ...value,
    },
    {},
    entity,
  )
const warning = (value: Readonly<Record<string, unknown>> = {}, entity = 'warned') =>
  said(
    'warning',
    { regulator: 'EXB', country: 'FR', kind: 'warning', status: 'in_force', ...value },
    { kind: 'warnings' },
    entity,
  )

const facts = (...evidence: Evidence[]): FirmFacts => ({
  evidence,
  imitations: [],
  authorityOf: () => undefined,
})
const scored = (...evidence: Evidence[]) => scoreOf(firmOn(facts(...evidence), DAY))
const labelled = (...evidence: Evidence[]) => labelOf(firmOn(facts(...evidence), DAY))

describe('the formula', () => {
  it('is the one that the document publishes, rule by rule', () => {
    const rows = [...DOC.matchAll(/^\| `([a-z]+\.[a-z_]+)`\s*\| (-?\d+)/gm)]
    expect(Object.fromEntries(rows.map(([, rule, points]) => [rule, Number(points)]))).toEqual(
      POINTS,
    )
    const indexes = [...DOC.matchAll(/^\| `([a-z]+)`\s*\| (\d+)\s*\| (\d+)/gm)]
    expect(Object.fromEntries(indexes.map(([, name, weight]) => [name, Number(weight)]))).toEqual(
      WEIGHTS,
    )
    expect(Object.fromEntries(indexes.map(([, name, , base]) => [name, Number(base)]))).toEqual(
      BASE,
    )
    for (const label of Object.keys(CAPS)) expect(DOC).toContain(`\`${label}\``)
  })

  it('gives null for a firm of which nothing is known, and for one index alone', () => {
    expect(scored()).toMatchObject({ value: null, evidence: 0, inputs: [] })
    expect(scored(warning())).toMatchObject({ value: null, evidence: 0.3 })
    expect(scored(warning()).indexes).toMatchObject({ licence: null, risk: 4, business: null })
  })

  it('adds the lines that it lists', () => {
    const { indexes, inputs, value, evidence } = scored(licence())
    const sum = (index: string) =>
      inputs.filter((one) => one.index === index).reduce((all, { points }) => all + points, 0)
    expect(indexes).toMatchObject({ licence: sum('licence'), regulation: sum('regulation') })
    expect(indexes.licence).toBe(9)
    expect(value).toBe(6.8)
    expect(evidence).toBe(0.6)
    expect(inputs.every(({ statements }) => statements.length > 0)).toBe(true)
  })

  it('a white paper feeds nothing', () => {
    const paper = licence({ kind: 'notification', status: 'registered' })
    expect(scored(paper)).toMatchObject({ value: null, inputs: [] })
  })

  it('a registration scores far below a licence', () => {
    const registered = scored(licence({ kind: 'registration', status: 'registered' }))
    expect(registered.value).toBeLessThan(scored(licence()).value ?? 0)
  })

  it('is of the day that is asked', () => {
    const row = licence({ to: '2026-03-01' })
    const on = (day: string) => scoreOf(firmOn(facts(row), day)).value ?? 0
    expect(on('2026-03-01')).toBeGreaterThan(on('2026-03-02'))
    expect(on('2026-03-02')).toBeLessThanOrEqual(4)
  })

  it('a firm on a list of sanctions has nothing', () => {
    const listing = said('listing', { list: 'X' }, { kind: 'sanctions' }, 'listed')
    expect(scored(licence(), listing).value).toBe(0)
  })
})

const row = fc
  .record({
    kind: fc.constantFrom('licence', 'registration', 'exemption'),
    status: fc.constantFrom(
      'authorised',
      'registered',
      'suspended',
      'withdrawn',
      'revoked',
      'expired',
    ),
    from: fc.constantFrom('2020-05-05', '2024-01-01', '2027-01-01', null),
    to: fc.constantFrom('2026-01-01', '2028-01-01', null),
    country: fc.constantFrom('MT', 'DE'),
    entity: fc.constantFrom('a', 'b', 'c'),
  })
  .map(({ entity, ...value }) => licence(value, entity))
const adverse = fc.oneof(
  fc.constantFrom('warning', 'ban', 'enforcement').map((kind) => warning({ kind })),
  fc.constantFrom('in_force', 'lifted').map((status) => warning({ status }, 'lifted')),
  fc.constant(0).map(() => said('startDate', '2026-01', { kind: 'incidents' }, 'incident')),
)

describe('bad news', () => {
  it('never raises a score, whatever is known beside it', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 4 }),
        fc.array(adverse, { maxLength: 4 }),
        adverse,
        (rows, known, more) => {
          const before = scored(...rows, ...known).value
          const after = scored(...rows, ...known, more).value
          if (before !== null && after !== null) expect(after).toBeLessThanOrEqual(before)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('the order in which statements come plays no part', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(row, adverse), { maxLength: 6 }), (evidence) => {
        const a = firmOn(facts(...evidence), DAY)
        const b = firmOn(facts(...evidence.toReversed()), DAY)
        expect(scoreOf(a).value).toBe(scoreOf(b).value)
        expect(labelOf(a).label).toBe(labelOf(b).label)
      }),
    )
  })
})

describe('the label', () => {
  it.each([
    ['regulated', 'label.licensed', [licence()]],
    [
      'registered_only',
      'label.registered',
      [licence({ kind: 'registration', status: 'registered' })],
    ],
    ['suspended', 'label.suspended', [licence({ status: 'suspended' })]],
    ['revoked', 'label.revoked', [licence({ status: 'revoked' })]],
    ['expired', 'label.expired', [licence({ status: 'expired' })]],
    ['expired', 'label.ended', [licence({ to: '2026-01-01' })]],
    ['unverified', 'label.pending', [licence({ from: '2027-01-01' })]],
    ['warned', 'label.warned', [warning()]],
    ['warned', 'label.banned', [warning({ kind: 'ban' })]],
    ['suspicious_clone', 'label.clone_said', [warning({ reason: 'Clone of an authorised firm' })]],
    [
      'stopped',
      'label.stopped',
      [warning({ kind: 'enforcement', infringement: 'ceased operations' })],
    ],
    ['no_evidence', 'label.no_row', []],
    ['no_evidence', 'label.notified', [licence({ kind: 'notification', status: 'registered' })]],
  ] as const)('%s by %s', (label, rule, evidence) => {
    const made = labelled(...evidence)
    expect([made.label, made.rule]).toEqual([label, rule])
    expect(LABELS).toContain(`\`${rule}\``)
  })

  it('shows both where one authority licenses and another warns', () => {
    const made = labelled(licence(), warning())
    expect(made.label).toBe('warned')
    expect(made.also.map(({ label }) => label)).toEqual(['over_operation', 'regulated'])
  })

  it('an expiry elsewhere is told beside a licence in force, a revocation decides', () => {
    const gone = labelled(licence(), licence({ status: 'expired', country: 'DE' }, 'other'))
    expect([gone.label, gone.also.map(({ label }) => label)]).toEqual(['regulated', ['expired']])
    const revoked = labelled(licence(), licence({ status: 'revoked', country: 'DE' }, 'other'))
    expect(revoked.label).toBe('revoked')
  })

  it('a row that vanished is unverified and never revoked', () => {
    const ended = { ...licence(), intervals: [{ from: '2025-01-01', to: '2026-01-01' }] }
    expect(labelled(ended)).toMatchObject({ label: 'unverified', rule: 'label.missing' })
  })

  it('a notice that was read as one about a clone makes a clone of whom it warns of', () => {
    const imitations = [{ reason: 'clone_notice', statement: 'j' }]
    const made = labelOf(firmOn({ ...facts(warning()), imitations }, DAY))
    expect(made).toMatchObject({ label: 'suspicious_clone', rule: 'label.clone_said' })
    expect(made.statements).toContain('j')
    // Whose name is used is no clone, and a lifted notice says nothing of today.
    const lifted = facts(warning({ status: 'lifted' }))
    expect(labelOf(firmOn({ ...lifted, imitations }, DAY)).label).not.toBe('suspicious_clone')
  })

  it('uses of another firm’s identifier are an imitation only outside registers', () => {
    const imitations = [{ reason: 'shared_lei', statement: 'j' }]
    const stranger = { ...facts(warning({ status: 'lifted' })), imitations }
    expect(labelOf(firmOn(stranger, DAY)).label).toBe('suspicious_clone')
    expect(labelOf(firmOn({ ...facts(licence()), imitations }, DAY)).label).toBe('regulated')
  })
})
