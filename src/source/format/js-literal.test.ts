import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../base/error.ts'
import { literalEntries } from './js-literal.ts'

function refusal(text: string): string {
  try {
    literalEntries(text, 'rows')
  } catch (error) {
    if (error instanceof AppError) return `${error.code}: ${error.message}`
    throw error
  }
  return 'read'
}

describe('a list that a package ships as code', () => {
  it('is read as data, with the place of each entry', () => {
    const text = `"use strict";
exports.rows = void 0;
exports.rows = { 1: { name: 'It\\'s', tags: ['a', "b",], n: -1.5e3 }, 'two': [0x10, true, null] };`
    const entries = literalEntries(text, 'rows')
    expect(entries.map(({ key, value }) => [key, value])).toEqual([
      ['1', { name: "It's", tags: ['a', 'b'], n: -1500 }],
      ['two', [16, true, null]],
    ])
    expect(entries.map(({ start, end }) => text.slice(start, end))).toEqual([
      `1: { name: 'It\\'s', tags: ['a', "b",], n: -1.5e3 }`,
      `'two': [0x10, true, null]`,
    ])
  })

  it('is read from a module with export statements, comments and escapes too', () => {
    const text =
      'export const rows = [ // first\n  { a: "\\u{1F680}\\x41\\n" /* end */ },\n `plain`,\n]'
    const values = literalEntries(text, 'rows').map(({ value }) => value)
    expect(values).toEqual([{ a: '\u{1F680}A\n' }, 'plain'])
  })

  it('gives back every JSON value that is written into it', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (values) => {
        // Minus zero has no spelling of its own in JSON.
        const wanted = JSON.parse(JSON.stringify(values)) as unknown[]
        const text = `exports.rows = ${JSON.stringify(wanted, null, 2)};`
        const read = literalEntries(text, 'rows').map(({ value }) => value)
        expect(JSON.stringify(read)).toBe(JSON.stringify(wanted.map(withoutProto)))
      }),
    )
  })

  it.each([
    ['a call', 'exports.rows = { a: require("fs") }'],
    ['an operator', 'exports.rows = { a: 1 + 1 }'],
    ['a spread', 'exports.rows = { ...other }'],
    ['a placeholder', `exports.rows = { a: \`x\${process.env.KEY}\` }`],
    ['a name', 'exports.rows = { a: process }'],
    ['a file that is broken off', 'exports.rows = { a: { b: [1, '],
    ['a text that is broken off', 'exports.rows = { a: "b'],
    ['a comment that is broken off', 'exports.rows = { /* a: 1 }'],
    ['another export', 'exports.other = { a: 1 }'],
    ['depth without end', `exports.rows = ${'['.repeat(100_000)}`],
  ])('refuses %s instead of running it', (_what, text) => {
    expect(refusal(text)).toMatch(/^source\.malformed: /)
  })

  it('drops a key that would change the prototype', () => {
    const [entry] = literalEntries('exports.rows = [{ "__proto__": { bad: 1 }, a: 1 }]', 'rows')
    expect(entry?.value).toEqual({ a: 1 })
    expect(Object.getPrototypeOf(entry?.value)).toBe(Object.prototype)
  })
})

function withoutProto(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutProto)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => key !== '__proto__')
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutProto(inner)]))
}
