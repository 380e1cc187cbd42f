import { describe, expect, it } from 'vitest'
import { currencies, currencyName, currencyOf, currencyOfNumeric, isInUse } from './currency.ts'
import { parseDecimal } from './decimal.ts'
import { isDay } from './time.ts'

describe('currencies', () => {
  it('have three letters, three digits and a minor unit that ISO 4217 gives', () => {
    for (const { code, numeric, minorUnit } of currencies()) {
      expect(code).toMatch(/^[A-Z]{3}$/)
      expect(numeric, code).toMatch(/^\d{3}$/)
      expect(minorUnit === null || (minorUnit >= 0 && minorUnit <= 4), code).toBe(true)
    }
    expect(currencyOf('JPY')?.minorUnit).toBe(0)
    expect(currencyOf('KWD')?.minorUnit).toBe(3)
    expect(currencyOf('CLF')?.minorUnit).toBe(4)
    expect(currencyOf('XAU')).toMatchObject({ kind: 'metal', minorUnit: null })
    expect(currencyOf('XBT')).toBeUndefined()
    expect(currencyOf('usd')).toBeUndefined()
  })

  it('know every currency in use that the runtime names', () => {
    const unknown = Intl.supportedValuesOf('currency').filter((code) => !currencyOf(code))
    // CLDR marks a withdrawn code by its years: those of before these tables are nobody's loss.
    const inUse = unknown.filter((code) => !/\d{4}/.test(currencyName(code, 'en')))
    expect(inUse).toEqual([])
  })

  it('are unique by number among those in use', () => {
    const active = [...currencies()].filter((currency) => currency.until === null)
    expect(new Set(active.map((currency) => currency.numeric)).size).toBe(active.length)
    expect(currencyOfNumeric('978')?.code).toBe('EUR')
    expect(currencyOfNumeric('8')?.code).toBe('ALL')
    expect(currencyOfNumeric('532')?.code).toBe('XCG')
  })

  it('that are retired have an end and, with a fixed rate, a successor that exists', () => {
    const retired = [...currencies()].filter((currency) => currency.until !== null)
    expect(retired.length).toBeGreaterThan(40)
    for (const { code, until, successor } of retired) {
      expect(isDay(until ?? ''), code).toBe(true)
      if (successor === null) continue
      expect(currencyOf(successor.code), code).toBeDefined()
      expect(parseDecimal(successor.units), code).toBeDefined()
    }
  })

  it('that the euro replaced carry the six figures of their regulation', () => {
    const euro = [...currencies()].filter(({ successor }) => successor?.code === 'EUR')
    expect(euro.map(({ code }) => code).sort()).toEqual(
      `ATS BEF BGN CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MTL NLG PTE SIT SKK
      XEU`.split(/\s+/),
    )
    for (const { code, successor } of euro) {
      expect(successor?.law).toMatch(/^Council Regulation/)
      if (code === 'XEU') continue
      // Art. 4 (1) of Reg. (EC) 1103/97: six significant figures.
      expect(successor?.units.replace('.', '').replace(/^0+/, ''), code).toHaveLength(6)
    }
    expect(currencyOf('HRK')?.successor?.units).toBe('7.53450')
    expect(currencyOf('BGN')).toMatchObject({
      until: '2025-12-31',
      successor: { units: '1.95583' },
    })
  })

  it('end on a day', () => {
    const kuna = currencyOf('HRK')
    expect(kuna && isInUse(kuna, '2022-12-31')).toBe(true)
    expect(kuna && isInUse(kuna, '2023-01-01')).toBe(false)
  })

  it('are named in the reader’s language', () => {
    expect(currencyName('CHF', 'de')).toBe('Schweizer Franken')
    expect(currencyName('USD', 'zh-Hans')).toBe('美元')
    expect(currencyName('JPY', 'ar')).toMatch(/\p{Script=Arabic}/u)
    expect(currencyName('USD', 'xx-unknown')).toBe('US Dollar')
  })
})
