import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDay } from '../../model/time.ts'
import type { DateForm } from './day.ts'
import { dayInZone, readDay } from './day.ts'

const FORMS: readonly DateForm[] = [
  'iso',
  'dmy',
  'mdy',
  'ymd',
  'written',
  'rfc822',
  'weekday',
  'cjk',
]

describe('readDay', () => {
  it.each<[string, DateForm, string]>([
    ['2030-09-05', 'iso', '2030-09-05'],
    ['2030-09-05T23:30:00Z', 'iso', '2030-09-05'],
    ['05/09/2030', 'dmy', '2030-09-05'],
    ['5.9.2030', 'dmy', '2030-09-05'],
    ['05-09-2030 10:30', 'dmy', '2030-09-05'],
    ['09/05/2030', 'mdy', '2030-09-05'],
    ['2030/9/5', 'ymd', '2030-09-05'],
    ['2030. 9. 5.', 'ymd', '2030-09-05'],
    ['20300905', 'ymd', '2030-09-05'],
    ['5 September 2030', 'written', '2030-09-05'],
    ['Sep 5, 2030', 'written', '2030-09-05'],
    ['Thu, 05 Sep 2030 23:20:00 -0400', 'rfc822', '2030-09-05'],
    ['5 September 2030 10:00', 'rfc822', '2030-09-05'],
    ['Thursday, September 5, 2030 - 13:20', 'weekday', '2030-09-05'],
    ['2030年9月5日', 'cjk', '2030-09-05'],
    ['２０３０年９月５日', 'cjk', '2030-09-05'],
  ])('reads %s as %s', (text, form, day) => {
    expect(readDay(text, [form])).toBe(day)
  })

  it('takes the order of day and month from the form alone', () => {
    expect(readDay('03/04/2030', ['dmy'])).toBe('2030-04-03')
    expect(readDay('03/04/2030', ['mdy'])).toBe('2030-03-04')
    expect(readDay('03/04/2030', ['iso', 'written', 'ymd'])).toBeUndefined()
  })

  it.each(['', '31/02/2030', '2030-13-01', '2030', 'Sep 2030', 'soon', '5/9/30', '0/0/2030'])(
    'makes no day of %j',
    (text) => {
      expect(readDay(text, FORMS)).toBeUndefined()
    },
  )

  it('gives a day that exists or nothing, for any text and form', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[0-9./ -]{0,14}$/))
    fc.assert(
      fc.property(text, fc.subarray([...FORMS]), (value, forms) => {
        const day = readDay(value, forms)
        expect(day === undefined || isDay(day)).toBe(true)
      }),
    )
  })
})

describe('dayInZone', () => {
  it('is the day of the place: midnight in Singapore is the day before in London', () => {
    const midnight = Date.parse('2030-01-15T00:00:00+08:00')
    expect(dayInZone(midnight, 'Asia/Singapore')).toBe('2030-01-15')
    expect(dayInZone(midnight, 'Europe/London')).toBe('2030-01-14')
    expect(dayInZone(Number.NaN, 'Europe/London')).toBeUndefined()
  })
})
