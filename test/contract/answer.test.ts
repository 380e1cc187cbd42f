import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Verdict } from '../../src/model/verdict.ts'
import { COVERAGE } from '../../src/query/coverage.ts'
import { RULESET } from '../../src/score/risk/rules.ts'
import {
  openWorld,
  WORLD_DATASETS,
  WORLD_NOW,
  WORLD_QUERIES,
  type World,
} from '../support/world.ts'

const messages = JSON.parse(
  readFileSync(new URL('../../docs/method/messages.en.json', import.meta.url), 'utf8'),
) as Record<string, string>
const method = readFileSync(new URL('../../docs/method/verdict.md', import.meta.url), 'utf8')

let world: World
let bare: World
const answers: Verdict[] = []

beforeAll(async () => {
  world = await openWorld({
    publishedAt: { scamsniffer: '2026-09-01T00:00:00Z', un_sc_sanctions: null },
    attempts: { polkadot_phishing: 'failed', us_ofac_crypto: 'blocked' },
    read: WORLD_DATASETS.map(({ name }) => name).filter((name) => name !== 'gb_fcdo_sl'),
  })
  bare = await openWorld({ read: [] })
  for (const q of WORLD_QUERIES) {
    answers.push(await world.queries.check({ q }), await bare.queries.check({ q }))
    answers.push(await world.queries.check({ q, asOf: '2024-01-01', knownAt: '2026-11-21' }))
  }
})
afterAll(async () => {
  await world.close()
  await bare.close()
})

describe('every answer names its sources, their versions and times (P7)', () => {
  it('names each source of a finding among what was or was not checked', () => {
    for (const answer of answers) {
      const named = [...answer.checked, ...answer.notChecked].map((row) => row.dataset)
      for (const finding of answer.findings) expect(named).toContain(finding.dataset)
      expect(new Set(named).size).toBe(named.length)
    }
  })

  it('gives version, dates, age and state of what was checked, and a reason for the rest', () => {
    for (const { checked, notChecked } of answers) {
      for (const row of checked) {
        expect(row.state).toBe('current')
        expect(row.version).toEqual(expect.any(String))
        expect(row.publishedAt).toEqual(expect.any(String))
        expect(row.fetchedAt).toEqual(expect.any(String))
        expect(row.ageSeconds).toBeGreaterThanOrEqual(0)
      }
      for (const row of notChecked) {
        expect(['stale', 'failed', 'blocked', 'never_fetched']).toContain(row.state)
        expect(messages[`reason.${row.reason}`], row.reason).toBeDefined()
        const isHeld = row.state !== 'never_fetched'
        expect(row.version !== null).toBe(isHeld)
      }
    }
  })

  it('says for every dataset that the kind requires whether it was checked', () => {
    for (const answer of answers) {
      const rows = [...answer.checked, ...answer.notChecked]
      for (const id of COVERAGE.kinds[answer.kind].requires) {
        const wanted = COVERAGE.requirements[id]
        const names = wanted?.byKind?.[answer.kind] ?? wanted?.anyOf ?? []
        for (const name of names) {
          expect(rows.find((row) => row.dataset === name)?.required).toBe(true)
        }
      }
    }
  })

  it('carries both times, the ruleset and the checkpoint', () => {
    for (const answer of answers) {
      expect(answer.asOf).toMatch(/^\d{4}-\d{2}-\d{2}T.*Z$/)
      expect(answer.knownAt).toMatch(/^\d{4}-\d{2}-\d{2}T.*Z$/)
      expect(answer.ruleset).toBe(RULESET)
    }
    expect(answers[0]?.checkpoint).toMatchObject({ origin: 'memory', root: expect.any(String) })
    expect(answers[1]?.checkpoint).toBeNull()
    expect(answers[0]?.asOf).toBe(WORLD_NOW)
  })

  it('quotes a statement in every finding, with its first version and when it was told', () => {
    const findings = answers.flatMap((answer) => answer.findings)
    expect(findings.length).toBeGreaterThan(40)
    for (const finding of findings) {
      // The site of an authority is known from the source's metadata, not from a statement.
      if (finding.kind === 'impersonation' && finding.statements.length === 0) continue
      expect(finding.statements.length).toBeGreaterThan(0)
      for (const id of finding.statements) expect(id).toMatch(/^[0-9a-f]{64}$/)
      expect(finding.firstVersion).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      expect(finding.observedAt).toMatch(/Z$/)
      expect(finding.listVersion).not.toBeNull()
    }
  })

  it('is a whole sentence, without a placeholder that was not filled', () => {
    for (const answer of answers) {
      for (const text of [answer.summary, ...answer.findings.map((finding) => finding.text)]) {
        expect(text).not.toMatch(/[{}!]|undefined/)
        expect(text).toMatch(/[.:…]$/)
        expect(text).not.toMatch(/\bis a scam\b/i)
      }
    }
  })

  it('uses only rules that the method documents', () => {
    for (const finding of answers.flatMap((answer) => answer.findings)) {
      const rule = finding.rule.replace(/^starter\.(?!superseded)/, '')
      expect(method).toContain(`\`${rule}\``)
    }
  })
})

describe('a verdict and its coverage', () => {
  it('is never no adverse evidence while anything required is missing', () => {
    for (const answer of answers) {
      if (answer.verdict !== 'no_adverse_evidence') continue
      expect(answer.coverage).toBe('complete')
      expect(answer.notChecked.filter((row) => row.required)).toEqual([])
    }
  })

  it('is unknown, with nothing covered, in an installation that has read nothing', async () => {
    for (const q of WORLD_QUERIES) {
      const answer = await bare.queries.check({ q })
      expect(answer).toMatchObject({ verdict: 'unknown', coverage: 'none', findings: [] })
      expect(answer.checked).toEqual([])
    }
  })

  it('says in a batch what it says alone, and once what all share', async () => {
    const batch = await world.queries.checkBatch({ queries: WORLD_QUERIES.map((q) => ({ q })) })
    for (const [i, q] of WORLD_QUERIES.entries()) {
      const { checked, notChecked, checkpoint, ...own } = await world.queries.check({ q })
      expect(batch.results[i]).toEqual(own)
      for (const row of checked) expect(batch.checked.map((r) => r.dataset)).toContain(row.dataset)
      const names = batch.notChecked.map((r) => r.dataset)
      for (const row of notChecked) expect(names).toContain(row.dataset)
      expect(batch.checkpoint).toEqual(checkpoint)
    }
  })

  it('lets one unreadable query of a batch fail alone', async () => {
    const batch = await world.queries.checkBatch({ queries: [{ q: '' }, { q: 'evil.top' }] })
    expect(batch.results[0]).toMatchObject({ verdict: 'unknown', error: { code: 'query.empty' } })
    expect(batch.results[1]).toMatchObject({ verdict: 'danger' })
  })
})

describe('docs/method/coverage.json', () => {
  it('is of the ruleset that the rules name', () => {
    expect(COVERAGE.ruleset).toBe(RULESET)
  })
})
