import { describe, expect, it } from 'vitest'
import { datasetsOf, loadCatalogue } from '../ingest/catalogue.ts'
import type { Finding } from '../model/verdict.ts'
import { HELP, helpFor, parseHelp, reportPlaces, reportsOf } from './help.ts'

const finding = (dataset: string, severity: Finding['severity']) =>
  ({ dataset, severity }) as Finding

/** Kinds of datasets that can say something against a person or a firm (docs/method/coverage.md). */
const ADVERSE = ['sanctions', 'phishing', 'labels', 'incidents', 'warnings', 'register']

describe('the places to turn to', () => {
  it('name for each list that can be adverse how it is contested, or why that is not known', () => {
    const datasets = datasetsOf(loadCatalogue())
    for (const { name, kind } of datasets.values()) {
      if (ADVERSE.includes(kind)) expect(HELP.lists, name).toHaveProperty(name)
    }
    for (const name of Object.keys(HELP.lists)) expect([...datasets.keys()]).toContain(name)
  })

  it('agree with what the list itself says of its corrections', () => {
    for (const { name, appeal } of datasetsOf(loadCatalogue()).values()) {
      const entries = HELP.lists[name]?.appeal
      if (appeal === undefined || entries === undefined || entries === null) continue
      const hosts = entries.map(({ url }) => new URL(url).hostname)
      const own = new URL(appeal).hostname
      // The Union's list is the Commission's file of the Council's decisions.
      if (name !== 'eu_fsf') expect(hosts, name).toContain(own)
    }
  })

  it('refuse an entry without a source, without a date or without https', () => {
    const good = HELP.countries.GB?.[0]
    const withEntry = (entry: unknown) => () => parseHelp({ ...HELP, countries: { GB: [entry] } })
    expect(withEntry(good)).not.toThrow()
    for (const bad of [
      { ...good, source: undefined },
      { ...good, date: undefined },
      { ...good, date: '2026' },
      { ...good, url: 'http://plain.example/' },
      { ...good, url: 'javascript:alert(1)' },
    ]) {
      expect(withEntry(bad)).toThrow()
    }
    expect(() => parseHelp({ ...HELP, lists: { x: { appeal: null } } })).toThrow()
    expect(() => parseHelp({ ...HELP, countries: { GB: [] } })).toThrow()
  })
})

describe('the help of an answer', () => {
  it('is empty where nothing is adverse', () => {
    expect(helpFor({ findings: [] }, 'GB')).toEqual([])
    const mild = [finding('us_ofac_sdn', 'info'), finding('eu_fsf', 'positive')]
    expect(helpFor({ findings: mild }, 'GB')).toEqual([])
  })

  it('gives for each list that speaks where it is contested, once for one authority', () => {
    const findings = [
      finding('us_ofac_sdn', 'danger'),
      finding('us_ofac_crypto', 'danger'),
      finding('un_sc_sanctions', 'danger'),
      finding('eu_fsf', 'info'),
    ]
    const help = helpFor({ findings }, null)
    expect(help.every(({ kind }) => kind === 'appeal')).toBe(true)
    expect(new Set(help.map(({ url }) => url)).size).toBe(help.length)
    const hosts = help.map(({ url }) => new URL(url).hostname)
    expect(hosts).toContain('ofac.treasury.gov')
    expect(hosts).toContain('main.un.org')
    expect(hosts).not.toContain('eur-lex.europa.eu')
  })

  it('gives the places of the asked country, and those of the Union in each of its states', () => {
    const findings = [finding('scamsniffer', 'danger')]
    const places = (country: string) =>
      helpFor({ findings }, country).filter(({ kind }) => kind === 'report')
    expect(places('gb').map(({ country }) => country)).toContain('GB')
    expect(places('AT').map(({ url }) => new URL(url).hostname)).toEqual(['www.europol.europa.eu'])
    expect(places('DE').length).toBeGreaterThan(1)
    for (const unknown of ['ZZ', '', '__proto__', 'constructor', 'TOSTRING']) {
      expect(places(unknown)).toEqual([])
    }
  })

  it('lists every country once for a reader who is not known', () => {
    const codes = reportPlaces().map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes).toEqual([...codes].sort())
    for (const { code, entries } of reportPlaces()) {
      expect(entries.length, code).toBeGreaterThan(0)
      if (code !== 'EU') expect(reportsOf(code).length).toBeGreaterThanOrEqual(entries.length)
    }
  })

  it('of a list that it does not know says nothing', () => {
    expect(helpFor({ findings: [finding('nobody_knows', 'danger')] }, null)).toEqual([])
  })
})
