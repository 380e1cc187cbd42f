import { createHash } from 'node:crypto'
import { createWriteStream, renameSync, rmSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { createGzip, zstdCompressSync } from 'node:zlib'
import { fileWriter, ParquetWriter } from 'hyparquet-writer'
import { LIMITS } from './base/limits.ts'
import { CSV_COLUMNS, csvLine, jsonLine } from './export.ts'
import type { LiveStatement } from './ledger/append.ts'
import type { LedgerReader, StatementRow } from './ledger/read.ts'
import type { DataFormat, DownloadFile } from './model/downloads.ts'

/** Rows of one group of a Parquet file: a reader loads one at a time, and so does this writer. */
const GROUP_ROWS = 50_000

interface DataPorts {
  readonly ledger: LedgerReader & { live(dataset: string): Promise<readonly LiveStatement[]> }
  readonly folder: string
  readonly signal: AbortSignal
}

/** A place for the rows of one format; what fails leaves no file behind. */
interface Sink {
  readonly name: string
  add(rows: readonly StatementRow[], live: readonly LiveStatement[]): Promise<void>
  end(): Promise<void>
  abort(): void
}

/**
 * The newest version of a list as CSV, JSON Lines and Parquet, read once for all three; undefined
 * for a list without statements.
 */
export async function writeData(
  { ledger, folder, signal }: DataPorts,
  dataset: string,
  base: string,
): Promise<{ statements: number; files: Record<DataFormat, DownloadFile> } | undefined> {
  const live = await ledger.live(dataset)
  if (live.length === 0) return undefined
  const header = `${CSV_COLUMNS.join(',')}\r\n`
  const sinks = {
    csv: textSink(folder, `${base}.csv.gz`, header, csvLine),
    jsonl: textSink(folder, `${base}.jsonl.gz`, '', jsonLine),
    parquet: parquetSink(folder, `${base}.parquet`),
  }
  const all = Object.values(sinks)
  try {
    for (let from = 0; from < live.length; from += LIMITS.pageRowsMax) {
      signal.throwIfAborted()
      const page = live.slice(from, from + LIMITS.pageRowsMax)
      const rows = await ledger.statements(page.map(({ sid }) => sid))
      for (const sink of all) await sink.add(rows, page)
    }
    for (const sink of all) await sink.end()
  } catch (error) {
    for (const sink of all) sink.abort()
    throw error
  }
  return {
    statements: live.length,
    files: {
      csv: await fileOf(folder, sinks.csv.name),
      jsonl: await fileOf(folder, sinks.jsonl.name),
      parquet: await fileOf(folder, sinks.parquet.name),
    },
  }
}

/** Size and hash of a file that is there. */
export async function fileOf(folder: string, name: string): Promise<DownloadFile> {
  const path = join(folder, name)
  const hash = createHash('sha256')
  // Below a gigabyte, and in slices of the system's choosing it would only take longer.
  hash.update(await readFile(path))
  return { name, bytes: statSync(path).size, sha256: hash.digest('hex') }
}

function textSink(
  folder: string,
  name: string,
  header: string,
  line: (row: StatementRow, live: LiveStatement | undefined) => string,
): Sink {
  const path = join(folder, name)
  const temporary = `${path}.tmp`
  // No name and no time in the head of the file: equal rows are equal bytes.
  const gzip = createGzip({ level: 6 })
  const file = gzip.pipe(createWriteStream(temporary))
  const done = finished(file)
  done.catch(() => {})
  if (header !== '') gzip.write(header)
  return {
    name,
    async add(rows, live) {
      const text = rows.map((row, i) => line(row, live[i])).join('')
      if (!gzip.write(text)) await new Promise((resolve) => gzip.once('drain', resolve))
    },
    async end() {
      gzip.end()
      await done
      renameSync(temporary, path)
    },
    abort() {
      gzip.destroy()
      file.destroy()
      rmSync(temporary, { force: true })
    },
  }
}

function parquetSink(folder: string, name: string): Sink {
  const path = join(folder, name)
  const temporary = `${path}.tmp`
  const isRequired = (column: string) => column !== 'original' && column !== 'lang'
  const writer = new ParquetWriter({
    writer: fileWriter(temporary),
    schema: [
      { name: 'statement', num_children: CSV_COLUMNS.length },
      ...CSV_COLUMNS.map((column) => ({
        name: column,
        type: 'BYTE_ARRAY' as const,
        converted_type: 'UTF8' as const,
        repetition_type: isRequired(column) ? ('REQUIRED' as const) : ('OPTIONAL' as const),
      })),
    ],
    codec: 'ZSTD',
    compressors: { ZSTD: (bytes) => new Uint8Array(zstdCompressSync(bytes)) },
    createdBy: 'custos',
  })
  let rows: StatementRow[] = []
  let since: string[] = []
  const flush = async () => {
    const count = rows.length
    if (count === 0) return
    const cell = (i: number, column: (typeof CSV_COLUMNS)[number]) =>
      column === 'since' ? since[i] : rows[i]?.[column]
    await writer.write({
      columnData: CSV_COLUMNS.map((column) => ({
        name: column,
        data: Array.from({ length: count }, (_, i) => cell(i, column)),
      })),
      rowGroupSize: GROUP_ROWS,
    })
    rows = []
    since = []
  }
  return {
    name,
    async add(more, live) {
      rows.push(...more)
      since.push(...live.map((one) => one.since))
      if (rows.length >= GROUP_ROWS) await flush()
    },
    async end() {
      await flush()
      await writer.finish()
      renameSync(temporary, path)
    },
    abort() {
      rmSync(temporary, { force: true })
    },
  }
}
