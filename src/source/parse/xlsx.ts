import { Unzip, UnzipInflate } from 'fflate'
import { SaxesParser } from 'saxes'
import { AppError } from '../../base/error.ts'
import { LIMITS } from '../../base/limits.ts'
import type { InputFile } from '../crawl.ts'
import { malformed } from './text.ts'
import { isDateFormat, serialDay } from './xlsx_date.ts'

/** A workbook of a register: the largest known has 8,000 rows and unpacks to 20 MB. */
const XLSX_PACKED_MAX = 67_108_864
const XLSX_UNPACKED_MAX = 268_435_456
/** A small part may repeat itself more often than a whole list does. */
const RATIO_FREE_BYTES = 16_777_216
/** Parts of a workbook: sheets, drawings, themes. Larger ones are no list. */
const XLSX_PARTS_MAX = 512
const XLSX_COLUMNS_MAX = 1_024
const XLSX_CELLS_MAX = 20_000_000

/** One row of a sheet. */
export interface XlsxRow {
  /** Number of the sheet among those that a reader of the workbook sees, from 1. */
  readonly sheet: number
  readonly sheetName: string
  /** The row's own number, from 1. */
  readonly row: number
  /** Text of each cell by its column, from 0; '' for an empty one. Days are ISO 8601. */
  readonly cells: readonly string[]
}

/** Rows of all visible sheets of an Office Open XML workbook (ECMA-376 Part 1 §18). */
export async function* xlsxRows(file: InputFile): AsyncIterable<XlsxRow> {
  const parts = await unpack(file)
  const book = readBook(file, parts)
  const strings = readStrings(file, parts.get('xl/sharedStrings.xml'))
  const dates = readDateStyles(file, parts.get('xl/styles.xml'))
  let cells = 0
  for (const [i, { name, path }] of book.sheets.entries()) {
    const bytes = parts.get(path)
    if (bytes === undefined) throw malformed(file, `the workbook lacks the sheet "${name}".`)
    const context = { strings, dates, is1904: book.is1904 }
    for (const row of readSheet(file, bytes, context)) {
      cells += row.cells.length
      if (cells > XLSX_CELLS_MAX) {
        throw new AppError('source.too_many_rows', `${file.name} has too many cells.`)
      }
      yield { sheet: i + 1, sheetName: name, ...row }
    }
  }
}

type Parts = ReadonlyMap<string, Uint8Array>

const WANTED =
  /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/

/** The parts that hold text and dates, unpacked under limits. */
async function unpack(file: InputFile): Promise<Parts> {
  const parts = new Map<string, Uint8Array[]>()
  const open = new Set<string>()
  let count = 0
  let read = 0
  let written = 0
  let failure: unknown
  const unzip = new Unzip((part) => {
    count += 1
    const name = part.name.replace(/^\//, '')
    if (!WANTED.test(name) || parts.has(name)) return
    const chunks: Uint8Array[] = []
    parts.set(name, chunks)
    open.add(name)
    part.ondata = (error, data, final) => {
      if (error) failure = error
      chunks.push(data)
      written += data.length
      if (final) open.delete(name)
    }
    part.start()
  })
  unzip.register(UnzipInflate)
  try {
    for await (const chunk of file.open()) {
      if (read === 0) refuseOtherFile(file, chunk)
      read += chunk.length
      unzip.push(chunk)
      if (failure !== undefined) throw failure
      refuseBomb(file, { read, written, count })
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw malformed(file, 'the workbook is broken off or damaged.', error)
  }
  if (read === 0) throw new AppError('source.empty', `${file.name} is empty.`)
  if (open.size > 0 || !parts.has('xl/workbook.xml')) {
    throw malformed(file, 'this is no whole workbook.')
  }
  return new Map([...parts].map(([name, chunks]) => [name, Buffer.concat(chunks)]))
}

function refuseOtherFile(file: InputFile, chunk: Uint8Array): void {
  if (chunk[0] === 0xd0 && chunk[1] === 0xcf) {
    throw malformed(file, 'this is a workbook of the old binary form, or an encrypted one.')
  }
  if (chunk[0] !== 0x50 || chunk[1] !== 0x4b) throw malformed(file, 'this is no workbook.')
}

function refuseBomb(file: InputFile, p: { read: number; written: number; count: number }): void {
  if (p.read > XLSX_PACKED_MAX || p.written > XLSX_UNPACKED_MAX) {
    throw new AppError('source.too_large', `${file.name} is larger than its limit.`)
  }
  const isBomb = p.written > RATIO_FREE_BYTES && p.written > p.read * LIMITS.sourceRatioMax
  if (isBomb || p.count > XLSX_PARTS_MAX) {
    throw new AppError('source.hostile', `${file.name} expands without measure.`)
  }
}

interface Tag {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

interface Handlers {
  readonly onOpen?: (tag: Tag, path: readonly string[]) => void
  readonly onClose?: (name: string, text: string, path: readonly string[]) => void
}

/** Walks one XML part. A document type is refused, as everywhere (`parse/xml.ts`). */
function walkPart(file: InputFile, bytes: Uint8Array, handlers: Handlers): void {
  const parser = new SaxesParser({ xmlns: false })
  const path: string[] = []
  let text = ''
  parser.on('error', (error) => {
    throw malformed(file, 'a part of the workbook is malformed.', error)
  })
  parser.on('doctype', () => {
    throw new AppError('source.hostile', `${file.name} declares a document type.`)
  })
  parser.on('opentag', (tag) => {
    path.push(localName(tag.name))
    if (path.length > LIMITS.sourceDepthMax) throw malformed(file, 'a part is nested too deeply.')
    text = ''
    handlers.onOpen?.(
      { name: path.at(-1) ?? '', attributes: plainAttributes(tag.attributes) },
      path,
    )
  })
  const onText = (more: string) => {
    text += more
    if (text.length > LIMITS.sourceCellCharsMax) {
      throw new AppError('source.too_large', `${file.name} has a cell larger than its limit.`)
    }
  }
  parser.on('text', onText)
  parser.on('cdata', onText)
  parser.on('closetag', () => {
    handlers.onClose?.(path.at(-1) ?? '', text, path)
    path.pop()
    text = ''
  })
  parser.write(new TextDecoder().decode(bytes)).close()
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function plainAttributes(attributes: Readonly<Record<string, unknown>>): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const [key, value] of Object.entries(attributes)) plain[localName(key)] = String(value)
  return plain
}

interface Book {
  readonly sheets: readonly { readonly name: string; readonly path: string }[]
  /** Serial days count from 1904 (ECMA-376 Part 1 §18.2.28). */
  readonly is1904: boolean
}

function readBook(file: InputFile, parts: Parts): Book {
  const targets = new Map<string, string>()
  const rels = parts.get('xl/_rels/workbook.xml.rels')
  if (rels !== undefined) {
    walkPart(file, rels, {
      onOpen: ({ name, attributes }) => {
        if (name === 'Relationship') targets.set(attributes.Id ?? '', attributes.Target ?? '')
      },
    })
  }
  const sheets: { name: string; path: string }[] = []
  let is1904 = false
  walkPart(file, parts.get('xl/workbook.xml') ?? new Uint8Array(), {
    onOpen: ({ name, attributes }) => {
      if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '')
      // What the publisher hid is not what it publishes.
      if (name !== 'sheet' || (attributes.state ?? 'visible') !== 'visible') return
      const target = targets.get(attributes.id ?? '') ?? `worksheets/sheet${sheets.length + 1}.xml`
      const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`
      sheets.push({ name: attributes.name ?? '', path })
    },
  })
  // Charts and macros are sheets without rows.
  const tables = sheets.filter(({ path }) => path.startsWith('xl/worksheets/'))
  if (tables.length === 0) throw malformed(file, 'the workbook has no sheet.')
  return { sheets: tables, is1904 }
}

/** Shared strings in order; runs of rich text are joined, readings above the line are left out. */
function readStrings(file: InputFile, bytes: Uint8Array | undefined): readonly string[] {
  const strings: string[] = []
  if (bytes === undefined) return strings
  let current = ''
  walkPart(file, bytes, {
    onClose: (name, text, path) => {
      if (name === 't' && !path.includes('rPh')) current += text
      if (name !== 'si') return
      strings.push(unescaped(current))
      current = ''
    },
  })
  return strings
}

/** `_x000D_` is how a workbook writes a character that XML cannot hold (§22.9.2.19). */
function unescaped(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

/** For each cell format whether it shows a day. */
function readDateStyles(file: InputFile, bytes: Uint8Array | undefined): readonly boolean[] {
  const codes = new Map<number, string>()
  const formats: number[] = []
  if (bytes !== undefined) {
    walkPart(file, bytes, {
      onOpen: ({ name, attributes }, path) => {
        const id = Number(attributes.numFmtId ?? 0)
        if (name === 'numFmt') codes.set(id, attributes.formatCode ?? '')
        if (name === 'xf' && path.at(-2) === 'cellXfs') formats.push(id)
      },
    })
  }
  return formats.map((id) => isDateFormat(id, codes.get(id)))
}

interface SheetContext {
  readonly strings: readonly string[]
  readonly dates: readonly boolean[]
  readonly is1904: boolean
}

interface Cell {
  type: string
  style: number
  value: string
}

function readSheet(file: InputFile, bytes: Uint8Array, context: SheetContext) {
  const rows: { row: number; cells: string[] }[] = []
  let row = 0
  let cells: string[] = []
  let column = -1
  let cell: Cell = { type: '', style: 0, value: '' }
  walkPart(file, bytes, {
    onOpen: ({ name, attributes }) => {
      if (name === 'row') {
        row = attributes.r === undefined ? row + 1 : Number(attributes.r)
        if (!Number.isInteger(row) || row > LIMITS.sourceRowsMax) {
          throw new AppError('source.too_many_rows', `${file.name} has too many rows.`)
        }
        cells = []
        column = -1
      } else if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : columnOf(attributes.r)
        cell = { type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), value: '' }
      }
    },
    onClose: (name, text, path) => {
      if (name === 'v' || (name === 't' && !path.includes('rPh'))) cell.value += text
      if (name === 'c') {
        if (column < 0 || column >= XLSX_COLUMNS_MAX) return
        while (cells.length < column) cells.push('')
        cells[column] = cellText(cell, context)
      }
      if (name === 'row' && cells.some((text) => text !== '')) rows.push({ row, cells })
    },
  })
  return rows
}

/** `AB12` → 27. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of /^[A-Z]{1,3}/i.exec(reference)?.[0]?.toUpperCase() ?? '') {
    column = column * 26 + (letter.charCodeAt(0) - 64)
  }
  return column - 1
}

/** The cell as a reader sees it (§18.18.11): errors are empty, days are ISO 8601. */
function cellText({ type, style, value }: Cell, context: SheetContext): string {
  if (value === '' || type === 'e') return ''
  switch (type) {
    case 's':
      return (context.strings[Number(value)] ?? '').trim()
    case 'str':
    case 'inlineStr':
      return unescaped(value).trim()
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE'
    case 'd':
      return value.trim()
    default: {
      const number = Number(value)
      if (!Number.isFinite(number)) return value.trim()
      const day = context.dates[style] === true ? serialDay(number, context.is1904) : undefined
      // A register number of thirteen digits is stored as 8.01E+12.
      return day ?? (Number.isSafeInteger(number) ? String(number) : value.trim())
    }
  }
}
