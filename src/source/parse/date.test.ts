import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDay } from '../../model/time.ts'
import { parseDayMonthYear, parsePartialDate, parseWrittenDate } from './date.ts'

const day = fc.date({
  min: new Date('1000-01-01T00:00:00Z'),
  max: new Date('2999-12-31T00:00:00Z'),
  noInvalidDate: true,
})

describe('parseDayMonthYear', () => {
  it('reads each day of the calendar back', () => {
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10)
        const [y, m, d] = iso.split('-')
        expect(parseDayMonthYear(`${d}/${m}/${y}`)).toBe(iso)
        expect(parseDayMonthYear(` ${Number(d)}/${Number(m)}/${y} `)).toBe(iso)
      }),
    )
  })

  it.each([
    '31/02/2025',
    '12/13/2025',
    '00/01/2025',
    '2025-01-02',
    '01.02.2025',
    '1/2/25',
    '',
    '//',
  ])('never guesses at %j', (text) => {
    expect(parseDayMonthYear(text)).toBeUndefined()
  })

  it('gives a day that exists, or nothing, for every text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{0,3}\/\d{0,3}\/\d{0,5}$/), (text) => {
        const found = parseDayMonthYear(text)
        expect(found === undefined || isDay(found)).toBe(true)
      }),
    )
  })
})

describe('parsePartialDate', () => {
  it.each([
    ['12 Jan 1965', '1965-01-12'],
    ['2 Mar. 2010', '2010-03-02'],
    ['16 Dec. 1948', '1948-12-16'],
    ['1st January 1970', '1970-01-01'],
    ['Sept 1970', '1970-09'],
    ['Nov. 1973', '1973-11'],
    ['January 12, 1965', '1965-01-12'],
    ['1965', '1965'],
    ['1965-01', '1965-01'],
    ['1965-01-12', '1965-01-12'],
    ['2015-04-07-04:00', '2015-04-07'],
    ['2026-02-27T00:00:09.554Z', '2026-02-27'],
  ])('reads %s as %s', (text, iso) => {
    expect(parsePartialDate(text)).toBe(iso)
  })

  it.each([
    '31 Feb 1965',
    '12 Foo 1965',
    '0965',
    '1965-13',
    '12/01/1965',
    '1940s',
    'Jan',
    'x'.repeat(200),
  ])('says nothing of %j', (text) => {
    expect(parsePartialDate(text)).toBeUndefined()
  })
})

describe('parseWrittenDate', () => {
  it.each([
    ['12 Jan 1965', ['1965-01-12'], false],
    ['circa 1960', ['1960'], true],
    ['ca. Jan 1960', ['1960-01'], true],
    ['approximately 1958', ['1958'], true],
    ['1962 to 1964', ['1962', '1964'], false],
    ['circa 1962-1964', ['1962', '1964'], true],
    ['between 1973 and 1974', ['1973', '1974'], false],
    ['01 Jan 1965 to 31 Dec 1966', ['1965-01-01', '1966-12-31'], false],
    ['Sep 1970 to Sep 1970', ['1970-09'], false],
  ])('reads %s', (text, values, isApproximate) => {
    expect(parseWrittenDate(text)).toEqual({ values, isApproximate })
  })

  it.each(['1964 to 1962', '30-35 years old', '24/06/1402 (Hijri Calendar)', '', 'to', 'circa'])(
    'never guesses at %j',
    (text) => {
      expect(parseWrittenDate(text)).toBeUndefined()
    },
  )

  it('gives ISO dates, or nothing, for every text', () => {
    const word = fc.constantFrom(
      'circa',
      'to',
      'Jan',
      'May',
      '12',
      '31',
      '1965',
      '-',
      'between',
      'and',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const values = parseWrittenDate(words.join(' '))?.values ?? []
        for (const value of values) expect(value).toMatch(/^\d{4}(-\d{2}(-\d{2})?)?$/)
      }),
    )
  })
})
