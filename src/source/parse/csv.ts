import { CsvError, parse } from 'csv-parse'
import { AppError } from '../../base/error.ts'
import { LIMITS } from '../../base/limits.ts'
import type { InputFile } from '../crawl.ts'
import { malformed, textChunks } from './text.ts'

export interface CsvRow {
  /** 1 for the first record of the file, the header included. */
  readonly record: number
  readonly cells: readonly string[]
  /** The record as the file writes it, line ends included. */
  readonly raw: string
}

interface CsvOptions {
  readonly delimiter?: string
  /** Quotes inside unquoted cells are text: OFAC and TSV files need this. */
  readonly relaxQuotes?: boolean
}

/** Records of a CSV file, streamed: BOM stripped, quoted line ends honoured, cells bounded. */
export async function* csvRecords(
  file: InputFile,
  options: CsvOptions = {},
): AsyncIterable<CsvRow> {
  const parser = parse({
    delimiter: options.delimiter ?? ',',
    relax_column_count: true,
    relax_quotes: options.relaxQuotes ?? false,
    skip_empty_lines: true,
    max_record_size: LIMITS.sourceCellCharsMax * 4,
    raw: true,
    bom: true,
  })
  const feeding = feed(parser, file)
  feeding.catch(() => {})
  let record = 0
  try {
    for await (const item of parser as AsyncIterable<{ record: string[]; raw: string }>) {
      record += 1
      if (record > LIMITS.sourceRowsMax) {
        throw new AppError('source.too_many_rows', `${file.name} has too many rows.`)
      }
      yield { record, cells: item.record, raw: item.raw }
    }
    await feeding
  } catch (error) {
    if (error instanceof CsvError)
      throw malformed(file, 'the CSV is broken off or badly quoted.', error)
    throw error
  } finally {
    parser.destroy()
  }
}

async function feed(parser: ReturnType<typeof parse>, file: InputFile): Promise<void> {
  try {
    for await (const text of textChunks(file)) {
      if (parser.destroyed) return
      if (!parser.write(text)) {
        // Both listeners go again, or a large file would gather thousands.
        await new Promise<void>((resolve) => {
          const done = () => {
            parser.off('drain', done)
            parser.off('close', done)
            resolve()
          }
          parser.on('drain', done)
          parser.on('close', done)
        })
      }
    }
    parser.end()
  } catch (error) {
    parser.destroy(error as Error)
    throw error
  }
}

export interface CsvTableRow {
  readonly record: number
  /** Trimmed cell of a column; '' where the row is short. Unknown columns give ''. */
  get(column: string): string
  readonly raw: string
  /** Every cell as written, also those that no column of the header stands above. */
  readonly cells: readonly string[]
  /** The header, position by position. */
  readonly columns: readonly string[]
}

interface CsvTableOptions extends CsvOptions {
  /** Columns without which the file is not this list. */
  readonly required: readonly string[]
  /** Told about each column of the header that is not in `known`. */
  readonly known?: readonly string[]
  readonly onUnknown?: (column: string) => void
  /** Told about each record before the header; without it the first record is the header. */
  readonly onPreamble?: (cells: readonly string[]) => void
}

/** Records before the header: a title, a date, a note, an empty one. */
const PREAMBLE_MAX = 20

/** Rows of a CSV file with a header, read by column name (VOCABULARY §6: never by position). */
export async function* csvTable(
  file: InputFile,
  options: CsvTableOptions,
): AsyncIterable<CsvTableRow> {
  let positions: Map<string, number> | undefined
  let columns: readonly string[] = []
  for await (const { record, cells, raw } of csvRecords(file, options)) {
    if (positions === undefined) {
      const header = headerOf(cells)
      const missing = options.required.filter((column) => !header.has(column))
      if (missing.length > 0 && options.onPreamble !== undefined && record <= PREAMBLE_MAX) {
        options.onPreamble(cells)
        continue
      }
      if (missing.length > 0) throw malformed(file, `the header lacks ${missing.join(', ')}.`)
      positions = header
      columns = cells.map(columnName)
      if (options.known && options.onUnknown) {
        for (const name of positions.keys())
          if (!options.known.includes(name)) options.onUnknown(name)
      }
      continue
    }
    if (cells.every((cell) => cell.trim() === '')) continue
    const at = positions
    const get = (column: string) => (cells[at.get(column) ?? -1] ?? '').trim()
    yield { record, raw, cells, columns, get }
  }
  if (positions === undefined) throw new AppError('source.empty', `${file.name} has no header.`)
}

/** Columns by name; line ends and double spaces inside a name are how it was typed. */
function headerOf(cells: readonly string[]): Map<string, number> {
  const positions = new Map<string, number>()
  cells.forEach((cell, i) => {
    const name = columnName(cell)
    if (name !== '' && !positions.has(name)) positions.set(name, i)
  })
  return positions
}

function columnName(cell: string): string {
  return cell.replace(/\s+/g, ' ').trim()
}
