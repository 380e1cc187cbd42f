import { describe, expect, it } from 'vitest'
import { datasetsOf, loadCatalogue } from '../ingest/catalogue.ts'
import { COVERAGE, partRegistersOf, registersOf, warningListsOf } from './coverage.ts'

const DATASETS = datasetsOf(loadCatalogue())
const { of, parts, facts } = COVERAGE.registers

describe('the registers that govern a country', () => {
  it('are registers of an authority of that country, or of the Union for its area', () => {
    for (const [country, names] of [...Object.entries(of), ...Object.entries(parts)]) {
      for (const name of names) {
        const dataset = DATASETS.get(name)
        expect(dataset?.kind, name).toBe('register')
        expect(dataset?.authority.country, name).toBe(country === 'EEA' ? 'EU' : country)
      }
    }
  })

  it('say each what they give, and in which part of the country', () => {
    const governing = [...Object.values(of), ...Object.values(parts)].flat().sort()
    expect(Object.keys(facts).sort()).toEqual(governing)
    for (const [country, names] of Object.entries(parts)) {
      for (const name of names) expect(facts[name]?.subdivision).toMatch(RegExp(`^${country}-`))
    }
    for (const name of Object.values(of).flat()) expect(facts[name]?.subdivision).toBeUndefined()
    for (const name of governing) expect(COVERAGE.regimes[name], name).toBeTruthy()
  })

  it('never let a part stand for the whole', () => {
    for (const country of Object.keys(parts)) {
      expect(registersOf(COVERAGE, country)).toEqual([])
      expect(partRegistersOf(COVERAGE, country).length).toBeGreaterThan(0)
    }
    expect(registersOf(COVERAGE, 'DE')).toEqual(['eu_esma_casp'])
    expect(registersOf(COVERAGE, 'ZZ')).toEqual([])
  })
})

describe('the lists in which a country warns', () => {
  it('are lists of warnings of its own authorities', () => {
    for (const [country, names] of Object.entries(COVERAGE.warnings)) {
      for (const name of warningListsOf(COVERAGE, country)) {
        expect(DATASETS.get(name)?.kind, name).toBe('warnings')
        expect(DATASETS.get(name)?.authority.country, name).toBe(country)
      }
      expect(new Set(names).size).toBe(names.length)
    }
    const known = new Set(Object.values(COVERAGE.warnings).flat())
    for (const { name, kind, authority } of DATASETS.values()) {
      const isOfCountry = authority.country !== null && authority.country !== 'EU'
      if (kind === 'warnings' && isOfCountry) expect(known, name).toContain(name)
    }
  })

  it('names no dataset that there is not', () => {
    const named = [
      ...Object.values(COVERAGE.requirements).flatMap(({ anyOf }) => anyOf),
      ...Object.keys(COVERAGE.regimes),
      ...COVERAGE.authorities.flatMap(({ datasets }) => datasets),
    ]
    for (const name of named) {
      if (name !== 'chain') expect([...DATASETS.keys()]).toContain(name)
    }
  })
})
