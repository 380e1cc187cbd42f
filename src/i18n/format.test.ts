import { describe, expect, it } from 'vitest'
import {
  countryName,
  formatAge,
  formatBytes,
  formatDay,
  formatInstant,
  formatList,
  formatNumber,
  formatPercent,
  formatRelative,
  languageName,
} from './format.ts'
import { LOCALES } from './locales.ts'

const NOW_MS = Date.parse('2026-11-22T09:00:00Z')

describe('a date', () => {
  it.each([
    ['en', '20 June 2025'],
    ['de', '20. Juni 2025'],
    ['zh-Hans', '2025年6月20日'],
    ['ar', '20 يونيو 2025'],
  ] as const)('in %s is written %s', (locale, text) => {
    expect(formatDay(locale, '2025-06-20')).toBe(text)
  })

  it('may be partial, and is given back where it is none', () => {
    expect(formatDay('en', '2025-06')).toBe('June 2025')
    expect(formatDay('en', '2025')).toBe('2025')
    expect(formatDay('en', '2025-06-20', 'short')).toBe('20 Jun 2025')
    expect(formatDay('en', 'around 2025')).toBe('around 2025')
    expect(formatDay('en', '2025-13-45')).toBe('2025-13-45')
  })

  it('does not move with the time zone of the machine', () => {
    expect(formatDay('en', '2025-01-01')).toBe('1 January 2025')
    expect(formatInstant('en', '2025-01-01T00:00:00Z')).toBe('1 Jan 2025, 00:00 UTC')
  })
})

describe('a moment', () => {
  it('carries its zone in every language', () => {
    for (const locale of LOCALES) {
      expect(formatInstant(locale, '2026-11-22T09:05:00Z')).toMatch(/09[:.]05.*UTC$/)
    }
  })

  it('that cannot be read is given back as it is', () => {
    expect(formatInstant('en', 'soon')).toBe('soon')
    expect(formatRelative('en', 'soon', NOW_MS)).toBe('')
  })
})

describe('how long ago', () => {
  it.each([
    ['2026-11-22', 'today'],
    ['2026-11-21', 'yesterday'],
    ['2026-11-23', 'tomorrow'],
    ['2026-11-12', '10 days ago'],
    ['2025-06-20', '17 months ago'],
    ['2020-01-01', '6 years ago'],
    ['2026-11-22T06:00:00Z', '3 hours ago'],
    ['2026-11-22T09:30:00Z', 'in 30 minutes'],
  ])('%s is %s', (moment, text) => {
    expect(formatRelative('en', moment, NOW_MS)).toBe(text)
  })

  it.each([
    [0, '0 minutes'],
    [90, '1 minute'],
    [3_600 * 47, '47 hours'],
    [86_400 * 2, '2 days'],
    [86_400 * 59, '59 days'],
    [86_400 * 92, '3 months'],
    [86_400 * 366 * 3, '3 years'],
    [-5, '0 minutes'],
  ])('an age of %d seconds is %s', (seconds, text) => {
    expect(formatAge('en', seconds)).toBe(text)
  })
})

describe('a number', () => {
  it.each(LOCALES)('has European digits in %s', (locale) => {
    expect(formatNumber(locale, 1_234_567)).toMatch(/^[0-9.,\s]+$/)
    expect(formatDay(locale, '2026-11-22')).toMatch(/2026/)
  })

  it('has the separators of its language, in European digits', () => {
    expect(['en', 'zh-Hans', 'ar', 'de'].map((locale) => formatNumber(locale, 1_234_567))).toEqual([
      '1,234,567',
      '1,234,567',
      '1,234,567',
      '1.234.567',
    ])
  })

  it('of bytes carries its unit', () => {
    expect(formatBytes('en', 1)).toBe('1 byte')
    expect(formatBytes('en', 182_334)).toBe('182.3 kB')
    expect(formatBytes('de', 5_000_000_000)).toBe('5\u00a0GB')
  })

  it('as a share is whole percent', () => {
    expect(formatPercent('en', 0.974)).toBe('97%')
  })
})

describe('names', () => {
  it('of countries and unions come from the language', () => {
    expect(countryName('de', 'GR')).toBe('Griechenland')
    expect(countryName('zh-Hans', 'un')).toBe('联合国')
    expect(countryName('en', 'XK')).toBe('Kosovo')
  })

  it('of what is no country are the code itself', () => {
    expect(countryName('en', 'SL?')).toBe('SL?')
    expect(countryName('en', 'ZZZ')).toBe('ZZZ')
    expect(countryName('en', '')).toBe('')
  })

  it('of languages survive a tag that is not well-formed', () => {
    expect(languageName('en', 'ar')).toBe('Arabic')
    expect(languageName('en', 'not a tag')).toBe('not a tag')
  })
})

describe('a list', () => {
  it('is joined as the language joins', () => {
    expect(formatList('en', ['EU', 'UK', 'UN'])).toBe('EU, UK and UN')
    expect(formatList('th', ['A list', 'B list', 'C'])).toContain('A list, B list')
    expect(formatList('de', ['EU', 'UK'], 'disjunction')).toBe('EU oder UK')
  })

  it('keeps foreign names in order in a right-to-left sentence', () => {
    expect(formatList('ar', ['EU list', 'UK list'])).toBe(
      '\u2068EU list\u2069 و\u2068UK list\u2069',
    )
  })
})
