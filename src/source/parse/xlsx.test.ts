import { describe, expect, it } from 'vitest'
import { memoryFile } from '../../../test/support/crawl.ts'
import { workbook, workbookParts, zipped } from '../../../test/support/workbook.ts'
import { rowText } from './locator.ts'
import type { XlsxRow } from './xlsx.ts'
import { xlsxRows } from './xlsx.ts'
import { isDateFormat, serialDay } from './xlsx_date.ts'

async function read(bytes: Uint8Array): Promise<XlsxRow[]> {
  const rows: XlsxRow[] = []
  for await (const row of xlsxRows(memoryFile('list', 'list.xlsx', bytes))) rows.push(row)
  return rows
}

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: { code?: string }) => error.code,
  )

describe('xlsxRows', () => {
  it('gives the cells of every visible sheet with the numbers of their rows', async () => {
    const rows = await read(
      workbook([
        { name: 'First', rows: [['A', 'B & <C>'], [], [null, 'x', null, 'y']] },
        { name: 'Hidden', rows: [['secret']], state: 'hidden' },
        { name: 'Third', rows: [['z']] },
      ]),
    )
    expect(rows).toEqual([
      { sheet: 1, sheetName: 'First', row: 1, cells: ['A', 'B & <C>'] },
      { sheet: 1, sheetName: 'First', row: 3, cells: ['', 'x', '', 'y'] },
      { sheet: 2, sheetName: 'Third', row: 1, cells: ['z'] },
    ])
  })

  it.each([
    ['1900', {}],
    ['1904', { is1904: true }],
  ])('reads a day by its format in the calendar of %s, and leaves numbers alone', async (_, o) => {
    const [row] = await read(
      workbook([{ name: 's', rows: [[{ day: '2017-09-29' }, 43_007, 0.5]] }], o),
    )
    expect(row?.cells).toEqual(['2017-09-29', '43007', '0.5'])
  })

  it('reads texts inside the cells, results of formulas, flags, errors and long numbers', async () => {
    const cells = [
      { xml: '<c r="REF" t="str"><f>A1</f><v>result</v></c>' },
      { xml: '<c r="REF" t="b"><v>1</v></c>' },
      { xml: '<c r="REF" t="e"><v>#REF!</v></c>' },
      { xml: '<c r="REF"><v>8.010401063154E12</v></c>' },
      { xml: '<c r="REF" t="d"><v>2024-05-06</v></c>' },
    ]
    const [row] = await read(
      workbook([{ name: 's', rows: [['inline', ...cells]] }], { inline: true }),
    )
    expect(row?.cells).toEqual(['inline', 'result', 'TRUE', '', '8010401063154', '2024-05-06'])
  })

  it('joins rich text, leaves out readings above the line, and decodes escaped characters', async () => {
    const parts = workbookParts([{ name: 's', rows: [['x', 'y']] }])
    parts['xl/sharedStrings.xml'] =
      '<sst><si><r><t>株式</t></r><r><t>会社</t></r><rPh sb="0" eb="2"><t>カブシキ</t></rPh></si>' +
      '<si><t>line_x000D_end</t></si></sst>'
    const [row] = await read(zipped(parts))
    expect(row?.cells).toEqual(['株式会社', 'line\rend'])
  })

  it('shows the row that a locator names', async () => {
    const bytes = workbook([
      { name: 'a', rows: [['1']] },
      { name: 'b', rows: [['2'], ['3', '4']] },
    ])
    const file = memoryFile('list', 'list.xlsx', bytes)
    expect(await rowText(file, 'list#row:2:2')).toBe('3\t4')
    expect(await rowText(file, 'list#row:9:1')).toBeUndefined()
  })

  it.each([
    ['an empty file', new Uint8Array(), 'source.empty'],
    ['text', Buffer.from('a,b\n1,2\n'), 'source.malformed'],
    ['an old binary workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), 'source.malformed'],
    ['another ZIP file', zipped({ 'a.txt': 'x' }), 'source.malformed'],
    [
      'a workbook without its sheet',
      zipped({ 'xl/workbook.xml': '<workbook/>' }),
      'source.malformed',
    ],
  ])('refuses %s', async (_, bytes, expected) => {
    expect(await code(read(bytes))).toBe(expected)
  })

  it('refuses a workbook that is broken off anywhere', async () => {
    const whole = workbook([
      {
        name: 's',
        rows: [
          ['a', 'b'],
          ['c', 'd'],
        ],
      },
    ])
    for (let length = 4; length < whole.length * 0.6; length += 37) {
      expect(await code(read(whole.subarray(0, length))), String(length)).toBe('source.malformed')
    }
  })

  it('refuses a document type, and a sheet that expands without measure', async () => {
    const parts = workbookParts([{ name: 's', rows: [['a']] }])
    const hostile = { ...parts, 'xl/sharedStrings.xml': '<!DOCTYPE x [<!ENTITY a "b">]><sst/>' }
    expect(await code(read(zipped(hostile)))).toBe('source.hostile')
    const bomb = {
      ...parts,
      'xl/worksheets/sheet1.xml': `<worksheet><!--${' '.repeat(30_000_000)}--></worksheet>`,
    }
    expect(await code(read(zipped(bomb)))).toBe('source.hostile')
  })

  it('refuses a cell larger than any list has', async () => {
    const parts = workbookParts([{ name: 's', rows: [['a'.repeat(300_000)]] }])
    expect(await code(read(zipped(parts)))).toBe('source.too_large')
  })
})

describe('isDateFormat and serialDay', () => {
  it.each([
    [14, undefined, true],
    [22, undefined, true],
    [57, undefined, true],
    [0, undefined, false],
    [4, undefined, false],
    [20, undefined, false],
    [164, 'yyyy/m/d;@', true],
    [165, '[$-411]ggge"年"m"月"d"日"', true],
    [166, '#,##0.00', false],
    [167, '"day" 0', false],
    [168, 'General', false],
    [169, 'h:mm', false],
  ])('tells by format %i %s whether a number is a day', (id, formatCode, expected) => {
    expect(isDateFormat(id, formatCode)).toBe(expected)
  })

  it('gives no day for a time, a negative number or what no calendar has', () => {
    expect(serialDay(0.5, false)).toBeUndefined()
    expect(serialDay(-3, false)).toBeUndefined()
    expect(serialDay(1e9, false)).toBeUndefined()
    expect(serialDay(61, false)).toBe('1900-03-01')
    expect(serialDay(1, true)).toBe('1904-01-02')
  })
})
