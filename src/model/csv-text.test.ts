import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell, csvRow, parseCsvText, separatorOf } from './csv-text.ts'

describe('a row of CSV', () => {
  it('comes back as it was written', () => {
    const cell = fc.string().map((text) => text.trim().replaceAll('\uFEFF', ''))
    const safe = cell.filter((text) => !/^[=+\-@\t\r']/.test(text))
    fc.assert(
      fc.property(fc.array(safe, { minLength: 1 }), (cells) => {
        fc.pre(cells.some((text) => text !== ''))
        expect(parseCsvText(csvRow(cells), ',', 10)).toEqual([cells])
      }),
    )
  })

  it('runs nothing in a spreadsheet', () => {
    for (const text of ['=1+1', '+1', '-1', '@a', '\tx', '\rx']) {
      expect(csvCell(text).replace('"', '').startsWith("'")).toBe(true)
    }
  })
})

describe('a pasted text', () => {
  it.each([
    [
      'a;b\n1;2',
      ';',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a\tb\r\n"x\ty"\t2\r\n',
      '\t',
      [
        ['a', 'b'],
        ['x\ty', '2'],
      ],
    ],
    [
      '\uFEFFa,b\n\n"He said ""no""",c',
      ',',
      [
        ['a', 'b'],
        ['He said "no"', 'c'],
      ],
    ],
    ['"never closed,1\n2', ',', [['never closed,1\n2']]],
    ['"a" tail,b', ',', [['a', 'b']]],
  ])('%j is read with its separator', (text, separator, rows) => {
    expect(separatorOf(text)).toBe(separator)
    expect(parseCsvText(text, separator, 10)).toEqual(rows)
  })

  it('ends at the limit of rows and never throws', () => {
    expect(parseCsvText('a\n'.repeat(5_000), ',', 1_000)).toHaveLength(1_000)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseCsvText(text, separatorOf(text), 100).length).toBeLessThanOrEqual(100)
      }),
    )
  })
})
