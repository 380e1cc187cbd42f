import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../base/error.ts'
import { type FieldValue, fieldsOf, meets, parseCondition } from './expression.ts'

const row: Readonly<Record<string, FieldValue>> = {
  amount: 10n ** 30n,
  units: { digits: 1_500_000n, scale: 6 },
  symbol: 'USDT',
  to: '0xAbCd',
  'to.class': ['mixer', 'service'],
  missing: null,
}
const holds = (text: string) => meets(parseCondition(text), (name) => row[name])

describe('a condition', () => {
  it.each([
    ['units == 1.5', true],
    ['units > 1.499999 AND units < 1.500001', true],
    ['amount >= 1000000000000000000000000000000', true],
    ['amount > 1_000_000_000_000_000_000_000_000_000_000', false],
    ['symbol == "usdt"', true],
    ['symbol != "usdt"', false],
    ['to starts_with "0xab" and to ends_with "CD"', true],
    ['to contains "bc"', true],
    ['to.class contains "mixer"', true],
    ['to.class != "exchange"', true],
    ['to.class > 3', false],
    ['symbol > 3', false],
    ['missing == "x" OR missing != "x"', false],
    ['nowhere == 1', false],
    ['symbol == "x" OR symbol == "usdt" AND units > 9', false],
    ['(symbol == "x" OR symbol == "usdt") AND units > 1', true],
    ['symbol == "a\\"b"', false],
  ])('%s is %s', (text, expected) => {
    expect(holds(text)).toBe(expected)
  })

  it.each([
    ['', 'the condition is empty'],
    ['amount', 'an operator is missing'],
    ['amount >', 'a value is missing'],
    ['amount > symbol', 'is no value'],
    ['(amount > 1', 'a closing parenthesis is missing'],
    ['amount > 1)', 'one too many'],
    ['amount ~ 1', 'cannot be read'],
    ['amount > 1 AND', 'a field is missing'],
    ['> 1', 'is no field'],
    [`${'('.repeat(100)}amount > 1`, 'too deep'],
  ])('%s is refused with its place', (text, message) => {
    expect(() => parseCondition(text)).toThrow(message)
  })

  it('of any length is refused before it is read', () => {
    expect(() => parseCondition('x'.repeat(5_000))).toThrow('longer than')
  })

  it('never fails but with its own error, and names its fields', () => {
    expect(fieldsOf(parseCondition('a > 1 AND (b == "x" OR c.d < 2)'))).toEqual(['a', 'b', 'c.d'])
    const word = fc.constantFrom('amount', 'AND', 'OR', '(', ')', '>', '==', '"x"', '1', 'contains')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join(' ')),
        ),
        (text) => {
          try {
            meets(parseCondition(text), (name) => row[name])
          } catch (error) {
            expect(error).toBeInstanceOf(AppError)
          }
        },
      ),
    )
  })
})
