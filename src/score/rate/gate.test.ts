import { describe, expect, it } from 'vitest'
import {
  type CodeClass,
  type Fraction,
  fractionOf,
  type GateResult,
  type GateRules,
  type GateSheet,
  gateSheets,
} from './gate.ts'

type Rates = Readonly<Record<string, string>>

function sheet(day: number, rates: Rates): GateSheet {
  return {
    day,
    codes: () => Object.keys(rates),
    rate: (code) => (rates[code] === undefined ? undefined : fractionOf(rates[code])),
  }
}

const classOf = (code: string): CodeClass =>
  code === 'XAU' ? 'metal' : /^[A-Z]/.test(code) ? 'currency' : 'token'

function rules(over: Partial<GateRules> = {}): GateRules {
  return { isOfficial: false, classOf, isExpected: () => true, peers: () => [], ...over }
}

/** Twenty currencies and thirty tokens with rates that differ. */
function calm(scale = 1): Record<string, string> {
  const rates: Record<string, string> = { XAU: '0.0005' }
  for (let i = 0; i < 20; i++) rates[`C${String.fromCharCode(65 + i)}A`] = `${(i + 2) * scale}.5`
  for (let i = 0; i < 30; i++) rates[`tok${i}`] = `0.00${i + 11}`
  return rates
}

function changed(rates: Rates, change: (code: string, rate: string) => string | undefined): Rates {
  return Object.fromEntries(
    Object.entries(rates)
      .map(([code, rate]) => [code, change(code, rate)] as const)
      .filter((entry): entry is readonly [string, string] => entry[1] !== undefined),
  )
}

const inverted = (rate: string) => (1 / Number(rate)).toFixed(8)
const heldOf = (result: GateResult | undefined) => Object.fromEntries(result?.held ?? [])

describe('the gate of rate sheets', () => {
  it('quarantines a day of inverted crypto rates with a third missing, and keeps the others', () => {
    const good = calm()
    let i = 0
    const bad = changed(good, (code, rate) => {
      i += 1
      if (i % 3 === 0) return undefined
      return code.startsWith('tok') ? inverted(rate) : rate
    })
    const sheets = [sheet(0, good), sheet(1, good), sheet(2, bad), sheet(3, good)]
    const results = gateSheets(sheets, rules())
    expect(results.map(({ state }) => state)).toEqual(['good', 'good', 'quarantined', 'good'])
    expect(results[2]?.reasons.map(({ code }) => code)).toEqual(['missing_currencies', 'inverted'])
    // Also as the newest day, when nothing after it can tell.
    const newest = gateSheets(sheets.slice(0, 3), rules())
    expect(newest[2]?.state).toBe('quarantined')
  })

  it('sets a single spike aside and keeps the rest of the sheet', () => {
    const good = calm()
    const spike = { ...good, CAA: '250.5' }
    const results = gateSheets([sheet(0, good), sheet(1, spike), sheet(2, good)], rules())
    expect(results.map(({ state }) => state)).toEqual(['good', 'good', 'good'])
    expect(heldOf(results[1])).toEqual({ CAA: 'moved' })
    expect(heldOf(results[2])).toEqual({})
  })

  it('accepts a devaluation that the next sheets confirm, and holds it while they cannot', () => {
    const good = calm()
    const fallen = { ...good, CAA: '7.9' }
    const after = { ...good, CAA: '8.1' }
    expect(heldOf(gateSheets([sheet(0, good), sheet(1, fallen)], rules())[1])).toEqual({
      CAA: 'moved',
    })
    const later = gateSheets([sheet(0, good), sheet(1, fallen), sheet(2, after)], rules())
    expect(later.map(heldOf)).toEqual([{}, {}, {}])
  })

  it('accepts a jump at once when an authority speaks of the same level', () => {
    const good = calm()
    const fallen = { ...good, CAA: '7.9' }
    const peers = (code: string, day: number): Fraction[] =>
      code === 'CAA' && day === 1 ? [fractionOf('7.8')] : []
    for (const isOfficial of [true, false]) {
      const results = gateSheets([sheet(0, good), sheet(1, fallen)], rules({ peers, isOfficial }))
      expect(heldOf(results[1])).toEqual({})
    }
  })

  it('holds a market rate that contradicts an authority, though it is near the one before', () => {
    const good = calm()
    const drifted = { ...good, CAA: '3.0' }
    const peers = (code: string): Fraction[] => (code === 'CAA' ? [fractionOf('2.5')] : [])
    const results = gateSheets([sheet(0, good), sheet(1, drifted)], rules({ peers }))
    expect(heldOf(results[1])).toEqual({ CAA: 'peers' })
    // An authority's own sheet is not held for what another authority says.
    const official = gateSheets(
      [sheet(0, good), sheet(1, drifted)],
      rules({ peers, isOfficial: true }),
    )
    expect(heldOf(official[1])).toEqual({})
  })

  it('quarantines a sheet of which many rates contradict authorities', () => {
    const good = calm()
    const wrong = changed(good, (code, rate) => (code.startsWith('C') ? `${rate}9` : rate))
    const shifted = changed(good, (code, rate) =>
      code.startsWith('C') ? (Number(rate) * 1.3).toFixed(4) : rate,
    )
    const peers = (code: string): Fraction[] =>
      code.startsWith('C') ? [fractionOf(good[code] ?? '1')] : []
    expect(gateSheets([sheet(0, good), sheet(1, wrong)], rules({ peers }))[1]?.state).toBe('good')
    const result = gateSheets([sheet(0, good), sheet(1, shifted)], rules({ peers }))[1]
    expect(result?.state).toBe('quarantined')
    expect(result?.reasons[0]).toMatchObject({ code: 'peers', count: 20 })
  })

  it('lets the long tail vanish, and currencies only where later sheets lack them too', () => {
    const good = calm()
    const noTokens = changed(good, (code, rate) => (code.startsWith('tok') ? undefined : rate))
    expect(gateSheets([sheet(0, good), sheet(1, noTokens)], rules())[1]?.state).toBe('good')
    const fewer = changed(good, (code, rate) => (/^C[A-E]A$/.test(code) ? undefined : rate))
    const results = gateSheets([sheet(0, good), sheet(1, fewer), sheet(2, good)], rules())
    expect(results[1]?.reasons).toEqual([
      { code: 'missing_currencies', count: 5, of: 21, codes: ['CAA', 'CBA', 'CCA', 'CDA', 'CEA'] },
    ])
    const dropped = gateSheets([sheet(0, good), sheet(1, fewer), sheet(2, fewer)], rules())
    expect(dropped[1]?.state).toBe('good')
    // Those that ended on that day are no loss.
    const retired = rules({ isExpected: (code, day) => day < 1 || !/^C[A-E]A$/.test(code) })
    expect(gateSheets([sheet(0, good), sheet(1, fewer)], retired)[1]?.state).toBe('good')
  })

  it('widens with the days between the sheets', () => {
    const good = calm()
    const doubled = { ...good, CAA: '4.6' }
    expect(heldOf(gateSheets([sheet(0, good), sheet(1, doubled)], rules())[1])).toEqual({
      CAA: 'moved',
    })
    expect(heldOf(gateSheets([sheet(0, good), sheet(20, doubled)], rules())[1])).toEqual({})
    const token = { ...good, tok0: '0.0044' }
    expect(heldOf(gateSheets([sheet(0, good), sheet(1, token)], rules())[1])).toEqual({
      tok0: 'moved',
    })
    expect(heldOf(gateSheets([sheet(0, good), sheet(5, token)], rules())[1])).toEqual({})
  })

  it('judges a first sheet by the two after it', () => {
    const good = calm()
    const bad = changed(good, (code, rate) => (code.startsWith('tok') ? inverted(rate) : rate))
    const results = gateSheets([sheet(0, bad), sheet(1, good), sheet(2, good)], rules())
    expect(results.map(({ state }) => state)).toEqual(['quarantined', 'good', 'good'])
    // With nothing after it that agrees, it is all there is.
    expect(gateSheets([sheet(0, bad)], rules())[0]?.state).toBe('good')
  })

  it('is not shifted by a quarantined sheet: the next is compared with the last good one', () => {
    const good = calm()
    const bad = changed(good, (_, rate) => (Number(rate) * 1000).toFixed(4))
    const days = [sheet(0, good), sheet(1, bad), sheet(2, good), sheet(3, bad), sheet(4, good)]
    expect(gateSheets(days, rules()).map(({ state }) => state)).toEqual([
      'good',
      'quarantined',
      'good',
      'quarantined',
      'good',
    ])
  })

  it('has nothing to say of an empty publisher', () => {
    expect(gateSheets([], rules())).toEqual([])
  })
})
