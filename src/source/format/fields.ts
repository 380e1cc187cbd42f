import { AppError } from '../../base/error.ts'
import type { CrawlContext, InputFile } from '../crawl.ts'
import { csvRecords, csvTable } from '../parse/csv.ts'
import { at } from '../parse/locator.ts'
import { malformed } from '../parse/text.ts'
import { xlsxRows } from '../parse/xlsx.ts'

/** One row of a list, whatever the form of its file: what the configured sources are made of. */
export interface FieldRow {
  /** Where the source wrote it (`parse/locator.ts`). */
  readonly row: string
  /** Trimmed text of a field, its lines kept apart; '' where the row lacks it. */
  get(field: string): string
  /** Absolute addresses that a field links to; none in forms without links. */
  links(field: string): readonly string[]
}

export const NO_LINKS: readonly string[] = []

/** Columns by the field that they fill. Publishers rename columns; a pattern holds the constant part. */
export type Columns = Readonly<Record<string, RegExp>>

interface CsvOptions {
  readonly role: string
  readonly delimiter?: string
  readonly relaxQuotes?: boolean
  /** Columns without which the file is not this list, as its schema names them. */
  readonly required: readonly string[]
  /** Further columns of the schema; others are noted. */
  readonly known?: readonly string[]
  /** Told about each record before the header. */
  readonly onPreamble?: (cells: readonly string[]) => void
}

/** Rows of a CSV list; fields are the columns' own names. A list without a row is refused. */
export async function* csvFields(ctx: CrawlContext, options: CsvOptions): AsyncIterable<FieldRow> {
  const { role, delimiter, relaxQuotes, required, onPreamble } = options
  const file = ctx.file(role)
  let rows = 0
  const table = csvTable(file, {
    required,
    known: [...required, ...(options.known ?? [])],
    onUnknown: (column) => ctx.note('column_unknown', column),
    ...(delimiter !== undefined && { delimiter }),
    ...(relaxQuotes !== undefined && { relaxQuotes }),
    ...(onPreamble !== undefined && { onPreamble }),
  })
  for await (const { record, get } of table) {
    rows += 1
    ctx.countRow()
    yield { row: at.record(role, record, delimiter), get, links: () => NO_LINKS }
  }
  refuseEmpty(file, rows)
}

interface CsvColumnOptions {
  readonly role: string
  readonly delimiter?: string
  readonly relaxQuotes?: boolean
  readonly columns: Columns
  readonly required: readonly string[]
}

/** Rows of a CSV list whose publisher documents no column names: columns are told by patterns. */
export async function* csvColumns(
  ctx: CrawlContext,
  options: CsvColumnOptions,
): AsyncIterable<FieldRow> {
  const { role, delimiter, relaxQuotes, columns, required } = options
  const file = ctx.file(role)
  let header: ReadonlyMap<string, number> | undefined
  let rows = 0
  const records = csvRecords(file, {
    ...(delimiter !== undefined && { delimiter }),
    ...(relaxQuotes !== undefined && { relaxQuotes }),
  })
  for await (const { record, cells } of records) {
    if (header === undefined) {
      header = headerOf(cells, columns, required)
      if (header === undefined && record >= HEADER_ROWS_MAX) break
      continue
    }
    if (cells.every((cell) => cell.trim() === '')) continue
    rows += 1
    ctx.countRow()
    const positions = header
    yield {
      row: at.record(role, record, delimiter),
      get: (field) => (cells[positions.get(field) ?? -1] ?? '').trim(),
      links: () => NO_LINKS,
    }
  }
  if (header === undefined) throw malformed(file, `no row has the columns ${required.join(', ')}.`)
  refuseEmpty(file, rows)
}

/** A header stands below at most this many rows of titles and notes. */
const HEADER_ROWS_MAX = 40

export function refuseEmpty(file: InputFile, rows: number): void {
  if (rows === 0) throw new AppError('source.empty', `${file.name} holds no row.`)
}

/** Columns of a header row; undefined when it is not the header of this list. */
export function headerOf(
  cells: readonly string[],
  columns: Columns,
  required: readonly string[],
): ReadonlyMap<string, number> | undefined {
  const positions = new Map<string, number>()
  const names = cells.map((cell) => cell.replace(/\s+/gu, ' ').trim())
  for (const [field, pattern] of Object.entries(columns)) {
    const i = names.findIndex((name) => name !== '' && pattern.test(name))
    if (i !== -1) positions.set(field, i)
  }
  return required.every((field) => positions.has(field)) ? positions : undefined
}

interface XlsxOptions {
  readonly role: string
  readonly columns: Columns
  /** Fields without which a row is no header of this list. */
  readonly required: readonly string[]
  /** Told about each row before a sheet's header: a title, the date of the list, a section. */
  readonly onPreamble?: (cells: readonly string[], sheetName: string) => void
}

/** Rows of a workbook below the header of each sheet. Sheets without that header are noted. */
export async function* xlsxFields(
  ctx: CrawlContext,
  options: XlsxOptions,
): AsyncIterable<FieldRow> {
  const { role, columns, required, onPreamble } = options
  const file = ctx.file(role)
  let header: ReadonlyMap<string, number> | undefined
  let headerText = ''
  let sheet = 0
  let above = 0
  let headers = 0
  let rows = 0
  for await (const found of xlsxRows(file)) {
    if (found.sheet !== sheet) {
      if (sheet > 0 && header === undefined) ctx.note('sheet_without_header', `sheet ${sheet}`)
      sheet = found.sheet
      header = undefined
      above = 0
    }
    // A header may be repeated on each printed page.
    if (header !== undefined && found.cells.join('\t') === headerText) continue
    const own = header === undefined ? headerOf(found.cells, columns, required) : undefined
    if (own !== undefined) {
      header = own
      headerText = found.cells.join('\t')
      headers += 1
      continue
    }
    if (header === undefined) {
      above += 1
      if (above <= HEADER_ROWS_MAX) onPreamble?.(found.cells, found.sheetName)
      continue
    }
    rows += 1
    ctx.countRow()
    const { cells } = found
    const positions = header
    yield {
      row: at.row(role, found.row, found.sheet),
      get: (field) => cells[positions.get(field) ?? -1] ?? '',
      links: () => NO_LINKS,
    }
  }
  if (headers === 0) throw malformed(file, `no sheet has the columns ${required.join(', ')}.`)
  refuseEmpty(file, rows)
}

/** Rows in which an empty cell of these fields repeats the one above it, as merged cells mean. */
export async function* filledDown(
  rows: AsyncIterable<FieldRow>,
  fields: readonly string[],
): AsyncIterable<FieldRow> {
  const last = new Map<string, string>()
  for await (const row of rows) {
    for (const field of fields) {
      const text = row.get(field)
      if (text !== '') last.set(field, text)
    }
    const held = new Map(last)
    yield { ...row, get: (field) => row.get(field) || (held.get(field) ?? '') }
  }
}
