import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOCALES } from './locales.ts'
import { localeOfPath, localeOfTag, negotiate } from './negotiate.ts'

describe('the locale for an Accept-Language header', () => {
  it.each([
    ['de', 'de'],
    ['de-CH-1996', 'de'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-Hans-SG', 'zh-Hans'],
    ['ar-EG', 'ar'],
    ['EN-us', 'en'],
    ['cy, de;q=0.5', 'de'],
    ['en;q=0.4, ar;q=0.9, de;q=0.8', 'ar'],
    ['de;q=0.8, ar;q=0.8', 'de'],
    ['cy;q=1, *;q=0.1', 'en'],
    ['en;q=0', 'en'],
    ['de;q=2', 'en'],
    ['cy, is', 'en'],
    ['', 'en'],
  ])('%s is answered in %s', (header, locale) => {
    expect(negotiate(header)).toBe(locale)
  })

  it('is another one than the refused', () => {
    expect(negotiate('en;q=0, *')).not.toBe('en')
  })

  it('is English without a header', () => {
    expect(negotiate(undefined)).toBe('en')
  })

  it('is one of the locales whatever the header holds', () => {
    fc.assert(fc.property(fc.string(), (header) => LOCALES.includes(negotiate(header))))
  })

  it('takes a very long header in a moment', () => {
    const startMs = performance.now()
    negotiate('x-'.repeat(500_000))
    negotiate('de;q=0.'.repeat(100_000))
    expect(performance.now() - startMs).toBeLessThan(200)
  })
})

describe('the locale of a path', () => {
  it('is taken only as the links write it', () => {
    expect(localeOfPath('zh-Hans')).toBe('zh-Hans')
    expect(localeOfPath('zh-hans')).toBeUndefined()
    expect(localeOfPath('cy')).toBeUndefined()
    expect(localeOfPath('__proto__')).toBeUndefined()
  })
})

describe('the locale of a tag', () => {
  it('is of its language whatever the region, and never of another language', () => {
    expect(localeOfTag('de-AT')).toBe('de')
    expect(localeOfTag('deu')).toBe('de')
    expect(localeOfTag('cy')).toBeUndefined()
    expect(localeOfTag('')).toBeUndefined()
    expect(localeOfTag('not a tag')).toBeUndefined()
  })

  it('is of its script where a language is written in several', () => {
    const traditional = LOCALES.includes('zh-Hant') ? 'zh-Hant' : 'zh-Hans'
    expect(['zh-TW', 'zh-HK', 'zh-Hant-MO'].map(localeOfTag)).toEqual(Array(3).fill(traditional))
    expect(['zh', 'zh-CN', 'zh-SG'].map(localeOfTag)).toEqual(Array(3).fill('zh-Hans'))
  })
})
