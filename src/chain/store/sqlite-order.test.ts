import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inOrder, Numbers, orderOf } from './sqlite-order.ts'

const numbers = (max: number) =>
  fc.array(
    fc.maxSafeNat().map((n) => n % max),
    { maxLength: 200 },
  )

describe('the order of keys', () => {
  it('is that of the keys, equal ones as they came', () => {
    fc.assert(
      fc.property(numbers(50), (keys) => {
        const expected = keys
          .map((_, i) => i)
          .sort((a, b) => (keys[a] as number) - (keys[b] as number))
        expect([...orderOf(Float64Array.from(keys), 2 ** 28)]).toEqual(expected)
      }),
    )
  })

  it('of keys too long to carry a position it is that of their upper bits, each key once', () => {
    fc.assert(
      fc.property(numbers(2 ** 53), (keys) => {
        const order = [...orderOf(Float64Array.from(keys), 2 ** 53)]
        expect(order.toSorted((a, b) => a - b)).toEqual(keys.map((_, i) => i))
        const unit = 2 ** Math.max(1, Math.ceil(Math.log2(keys.length + 1)))
        const upper = order.map((i) => Math.floor((keys[i] as number) / unit))
        expect(upper).toEqual(upper.toSorted((a, b) => a - b))
      }),
    )
  })

  it('moves whole rows', () => {
    const rows = Float64Array.of(7, 1, 3, 2, 7, 3)
    expect(inOrder(rows, 2, 2 ** 28)).toEqual([3, 2, 7, 1, 7, 3])
  })

  it('counts runs of equal numbers', () => {
    const list = new Numbers(1)
    for (const value of [5, 2, 5, 5]) list.push(value)
    expect([...list.runs()]).toEqual([
      [2, 1],
      [5, 3],
    ])
  })
})
