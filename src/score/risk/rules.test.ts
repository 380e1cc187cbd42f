import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import coverage from '../../../docs/method/coverage.json' with { type: 'json' }
import { judge, verdictOf } from './rules.ts'
import { prohibitionOf } from './sanction.ts'
import type { EntityFacts, Evidence, Hit, RuleContext, SourceFacts } from './types.ts'

const DAY = '2026-11-22'
const ctx: RuleContext = {
  day: DAY,
  governing: () => ({ day: '2026-11-20', version: '2026-11-20' }),
  newestDay: () => '2026-11-20',
  isProtectedHost: false,
  authorities: coverage.authorities,
}

function source(dataset: string, kind: SourceFacts['kind'], role: SourceFacts['role'] = 'issuer') {
  return { dataset, kind, role, title: dataset, authority: dataset, country: null, page: null }
}

let sid = 0
function evidence(
  from: SourceFacts,
  prop: string,
  json: Record<string, unknown>,
  own: Partial<Evidence> = {},
): Evidence {
  sid += 1
  return {
    ...{ sid, id: String(sid).padStart(64, '0'), entity: `${from.dataset}:${sid}`, prop },
    ...{ value: JSON.stringify(json), json, original: null, lang: null, source: from },
    intervals: [{ from: '2026-01-01', to: null }],
    ...own,
  }
}

function hit(item: Evidence, own: Partial<Hit> = {}): Hit {
  return {
    ...{ evidence: item, how: 'exact', match: { method: 'exact', score: 1 }, kind: 'address' },
    ...{ entryHost: null, entity: null, hasAllWords: true },
    ...own,
  } as Hit
}

const one = (item: Evidence, own: Partial<Hit> = {}, context = ctx) =>
  judge([hit(item, own)], context).findings.map(({ rule, severity }) => `${rule} ${severity}`)

const tags = source('graphsense_tags', 'labels', 'publisher')
const tag = (json: Record<string, unknown>) => evidence(tags, 'tag', { label: 'x', ...json })

describe('a tag', () => {
  it.each([
    [{ concepts: ['ransomware'], confidence: 'forensic' }, 'label.abuse danger'],
    [{ concepts: ['ransomware'], confidence: 'web_crawl' }, 'label.abuse warning'],
    [{ concepts: ['ransomware'] }, 'label.abuse warning'],
    [{ abuse: 'scam', confidence: 'ownership' }, 'label.abuse danger'],
    [{ abuse: 'scam', confidence: 'ownership', tag_type: 'mention' }, 'label.abuse warning'],
    [{ concepts: ['service_hack', 'victim'], confidence: 'ownership' }, 'label.info info'],
    [{ concepts: ['mixing_service'], confidence: 'ownership' }, 'label.mixing info'],
    [{ concepts: ['gov_black_list'], confidence: 'heuristic' }, 'label.blacklist warning'],
    [{ concepts: ['exchange', 'hot_wallet'], confidence: 'ownership' }, 'label.info info'],
    [{ concepts: ['a word nobody knows'] }, 'label.info info'],
    [{}, 'label.info info'],
  ])('%j is %s', (json, expected) => {
    expect(one(tag(json))).toEqual([expected])
  })

  it('that repeats an authority is outdated only where the authority is newer and lacks it', () => {
    const said = { concepts: ['sanction'], label: 'OFAC SDN', lastmod: '2024-01-01' }
    expect(one(tag(said))).toEqual(['label.sanction_outdated info'])
    expect(one(tag({ ...said, lastmod: '2026-11-21' }))).toEqual(['label.sanction warning'])
    expect(one(tag(said), {}, { ...ctx, governing: () => undefined })).toEqual([
      'label.sanction warning',
    ])
    expect(one(tag({ ...said, label: 'Somebody else', source: 'x' }))).toEqual([
      'label.sanction warning',
    ])
    const crypto = source('us_ofac_crypto', 'sanctions', 'transcription')
    const listed = hit(evidence(crypto, 'listed', { address: 'a', currency: 'ETH' }))
    const both = judge([hit(tag(said)), listed], ctx).findings.map(({ rule }) => rule)
    expect(both).toEqual(['sanction.listed', 'label.sanction'])
  })
})

function party(from: SourceFacts, list: string): { entity: EntityFacts; wallet: Evidence } {
  const entity = `${from.dataset}:p`
  const wallet = evidence(from, 'wallet', { address: 'a' }, { entity })
  const listing = evidence(from, 'listing', { list, program: ['P'] }, { entity })
  return {
    wallet,
    entity: {
      ...{ id: entity, schema: 'Person', caption: 'A Person', countries: [] },
      evidence: [listing, wallet],
    },
  }
}

describe('a listed party', () => {
  it.each([
    ['SDN', 'sanction.listed danger'],
    ['UN List', 'sanction.listed danger'],
    ['SSI', 'sanction.partial warning'],
    ['NS-PLC', 'sanction.partial warning'],
    ['CAPTA', 'sanction.partial warning'],
    ['NS-CMIC', 'sanction.partial warning'],
    ['CONS', 'sanction.partial warning'],
  ])('on %s is %s', (list, expected) => {
    const { entity, wallet } = party(source('us_ofac', 'sanctions'), list)
    expect(one(wallet, { entity })).toEqual([expected])
  })

  it('is a sanction only by the word of the authority or a transcription of it', () => {
    const { entity, wallet } = party(source('somebody', 'sanctions', 'publisher'), 'SDN')
    const [finding] = judge([hit(wallet, { entity })], ctx).findings
    expect(finding).toMatchObject({ kind: 'label', rule: 'label.sanction', severity: 'warning' })
  })

  it('found by name is danger only when nearly the same, and nothing when only like it', () => {
    const { entity, wallet } = party(source('us_ofac', 'sanctions'), 'SDN')
    const byName = (score: number) =>
      one(wallet, { entity, how: 'name', match: { method: 'name', score }, kind: 'name' })
    expect(byName(0.93)).toEqual(['sanction.name danger'])
    expect(byName(0.88)).toEqual(['sanction.name warning'])
    expect(byName(0.84)).toEqual([])
  })

  it('is delisted when the listing or the link to it has ended', () => {
    const { entity, wallet } = party(source('us_ofac', 'sanctions'), 'SDN')
    const ended = { ...wallet, intervals: [{ from: '2026-01-01', to: '2026-05-01' }] }
    expect(one(ended, { entity })).toEqual(['sanction.delisted info'])
  })

  it('says of every partial list what it prohibits', () => {
    const messages = JSON.parse(
      readFileSync(new URL('../../../docs/method/messages.en.json', import.meta.url), 'utf8'),
    )
    for (const list of ['SSI', 'NS-PLC', 'CAPTA', 'NS-CMIC', 'NS-MBS', 'FSE', 'ISA', 'CONS']) {
      expect(messages[prohibitionOf(list) ?? '']).toBeTypeOf('string')
    }
    expect(prohibitionOf('SDN')).toBeUndefined()
  })
})

const register = source('eu_esma_casp', 'register')
const row = (json: Record<string, unknown>, own: Partial<Evidence> = {}) => {
  const entity = 'eu_esma_casp:f'
  const licence = evidence(
    register,
    'licence',
    { holder: 'F', kind: 'licence', status: 'authorised', ...json },
    { entity, ...own },
  )
  return {
    licence,
    entity: { id: entity, schema: 'Company', caption: 'F', countries: ['LU'], evidence: [licence] },
  }
}
const licenceRule = (json: Record<string, unknown>, day = DAY, own: Partial<Evidence> = {}) => {
  const { licence, entity } = row(json, own)
  return one(licence, { entity, how: 'lei' }, { ...ctx, day })
}

describe('a register row', () => {
  it.each([
    [{}, 'licence.authorised positive'],
    [{ kind: 'registration', status: 'registered' }, 'licence.registered info'],
    [{ kind: 'notification', status: 'registered' }, 'licence.notified info'],
    [{ kind: 'exemption', status: 'registered' }, 'licence.exempt info'],
    [{ status: 'pending' }, 'licence.pending info'],
    [{ status: 'suspended' }, 'licence.suspended warning'],
    [{ status: 'revoked' }, 'licence.revoked warning'],
    [{ status: 'expired' }, 'licence.expired warning'],
    [{ to: '2026-10-01' }, 'licence.withdrawn warning'],
    [{ to: '2027-10-01' }, 'licence.authorised positive'],
    [{ from: '2027-01-01' }, 'licence.pending info'],
    [{ status: 'withdrawn', to: '2027-10-01' }, 'licence.authorised positive'],
  ])('%j is %s', (json, expected) => {
    expect(licenceRule(json)).toEqual([expected])
  })

  it('is read by its own dates on an asked day', () => {
    const json = { from: '2025-05-01', to: '2026-03-01' }
    expect(licenceRule(json, '2025-04-30')).toEqual([])
    expect(licenceRule(json, '2026-03-01')).toEqual(['licence.authorised positive'])
    expect(licenceRule(json, '2026-03-02')).toEqual(['licence.withdrawn warning'])
  })

  it('that vanished is unverified, and superseded where the register kept the firm', () => {
    const gone = { intervals: [{ from: '2026-01-01', to: '2026-09-01' }] }
    expect(licenceRule({ lei: 'L' }, DAY, gone)).toEqual(['licence.unverified warning'])
    const old = row({ lei: 'L' }, { ...gone, entity: 'eu_esma_casp:old' })
    const fresh = row({ lei: 'L' })
    const hits = [
      hit(old.licence, { entity: { ...old.entity, id: 'eu_esma_casp:old' }, how: 'lei' }),
      hit(fresh.licence, { entity: fresh.entity, how: 'lei' }),
    ]
    expect(judge(hits, ctx).findings.map(({ rule }) => rule)).toEqual([
      'licence.authorised',
      'licence.superseded',
    ])
  })

  it('is not told of a firm whose name is only like the asked one', () => {
    const { licence, entity } = row({})
    const like = { method: 'name', score: 0.9 }
    const asked = { entity, how: 'name', match: like, kind: 'name', hasAllWords: false } as const
    expect(one(licence, asked)).toEqual([])
  })
})

describe('an allow entry', () => {
  const list = source('list_a', 'phishing', 'publisher')
  const block = (host: string, dataset = list) =>
    hit(evidence(dataset, 'listed', { host }), { kind: 'domain', entryHost: host })
  const allow = (host: string) =>
    hit(evidence(list, 'allow', { host }), { kind: 'domain', entryHost: host })
  const rulesOf = (...hits: Hit[]) => judge(hits, ctx).findings.map(({ rule }) => rule)

  it('cancels a block of its own source on the same host or above it', () => {
    expect(rulesOf(block('x.io'), allow('x.io'))).not.toContain('phishing.listed')
    expect(rulesOf(block('x.io'), allow('www.x.io'))).not.toContain('phishing.listed')
  })

  it('never cancels a more specific block, or one of another source', () => {
    expect(rulesOf(block('bad.x.io'), allow('x.io'))).toContain('phishing.listed')
    const other = source('list_b', 'phishing', 'publisher')
    expect(rulesOf(block('x.io', other), allow('x.io'))).toContain('phishing.listed')
  })
})

describe('a verdict', () => {
  it('is the worst of what is said, and clean only when everything was checked', () => {
    expect(verdictOf([{ severity: 'positive' }, { severity: 'warning' }], true)).toBe('warning')
    expect(verdictOf([{ severity: 'warning' }, { severity: 'danger' }], false)).toBe('danger')
    expect(verdictOf([{ severity: 'positive' }], false)).toBe('unknown')
    expect(verdictOf([], true)).toBe('no_adverse_evidence')
    // What the asker says of a listed namesake decides nothing: nobody becomes clean by it.
    expect(verdictOf([{ severity: 'info', isDoubted: true }], true)).toBe('unknown')
    expect(verdictOf([{ severity: 'info' }], true)).toBe('no_adverse_evidence')
  })

  it('does not depend on the order of what was found', () => {
    const hits = [
      hit(tag({ concepts: ['ransomware'], confidence: 'forensic' })),
      hit(tag({ concepts: ['exchange'] })),
      hit(evidence(source('s', 'phishing', 'publisher'), 'listed', { address: 'a' })),
    ]
    expect(judge(hits, ctx).findings).toEqual(judge([...hits].reverse(), ctx).findings)
  })
})

describe('docs/method/verdict.md', () => {
  it('names a message for every rule that it documents', () => {
    const method = readFileSync(new URL('../../../docs/method/verdict.md', import.meta.url), 'utf8')
    const messages = JSON.parse(
      readFileSync(new URL('../../../docs/method/messages.en.json', import.meta.url), 'utf8'),
    )
    const table = method.slice(method.indexOf('## Rules'), method.indexOf('## Hosts'))
    const rules = [...table.matchAll(/^\|([^|]+)\|/gm)].flatMap(([, cell]) =>
      [...(cell ?? '').matchAll(/`([a-z]+\.[a-z_]+)`/g)].map(([, rule]) => rule ?? ''),
    )
    expect(rules.length).toBeGreaterThan(40)
    for (const rule of rules) {
      const key = rule.endsWith('.delisted') ? 'finding.delisted' : `finding.${rule}`
      expect(messages[key], rule).toBeTypeOf('string')
    }
  })
})
