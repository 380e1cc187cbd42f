import { AppError } from '../../base/error.ts'
import type { SourceItem } from '../../model/statement.ts'
import type { CrawlContext, InputFile } from '../crawl.ts'
import type { CsvRow } from '../parse/csv.ts'
import { csvRecords, csvTable } from '../parse/csv.ts'
import { at } from '../parse/locator.ts'
import { malformed } from '../parse/text.ts'
import type { ListCodes, PartyKind } from './ofac_party.ts'
import { addressItems, aliasProp, listingItems, nameItem, schemaOf } from './ofac_party.ts'
import type { Note } from './ofac_remark.ts'
import { remarkSegments, segmentItems, walletItems } from './ofac_remark.ts'
import type { Say } from './say.ts'
import { about, quality } from './say.ts'

/** Rows that are no rows: one in ten, and the file is not this list. */
const BAD_ROWS_SHARE_MAX = 0.1

/** The vessel columns of the primary file, said as the remarks would say them. */
const VESSEL_COLUMNS: readonly (readonly [number, string])[] = [
  [4, 'Title'],
  [5, 'Vessel Call Sign'],
  [6, 'Vessel Type'],
  [7, 'Vessel Tonnage'],
  [8, 'Vessel Gross Registered Tonnage'],
  [9, 'Vessel Flag'],
  [10, 'Vessel Owner'],
]

interface Overflow {
  text: string
  readonly row: string
  isUsed: boolean
}

/**
 * OFAC's delimited files: `prim` (names, programmes, remarks), `alt` (aliases), `add` (addresses),
 * `comments` (what the remarks column could not hold), `wallets` (addresses cut out of comments,
 * with a header). Without `prim` the rest says who is listed, without a primary name.
 * `kinds` is filled with the entries of `prim`, for the reader of the advanced form.
 */
export async function* ofacCsv(
  ctx: CrawlContext,
  lists: ListCodes,
  kinds: Map<string, PartyKind> = new Map(),
): AsyncIterable<SourceItem> {
  const overflow = await readOverflow(ctx)
  const prim = ctx.optional('prim')
  const run: CsvRun = { ctx, lists, overflow, kinds, seen: new Set() }
  if (prim !== undefined) yield* primary(run, prim)
  yield* rest(run, 'alt', 4, aliasRow)
  yield* rest(run, 'add', 5, addressRow)
  yield* leftOver(run)
  const wallets = ctx.optional('wallets')
  if (wallets !== undefined) yield* walletRows(run, wallets)
  if (run.seen.size === 0) throw new AppError('source.empty', 'The OFAC files hold no entry.')
}

interface CsvRun {
  readonly ctx: CrawlContext
  readonly lists: ListCodes
  readonly overflow: Map<string, Overflow>
  readonly kinds: Map<string, PartyKind>
  /** Entries of which `schema` and `listing` were said. */
  readonly seen: Set<string>
}

async function* primary(run: CsvRun, file: InputFile): AsyncIterable<SourceItem> {
  const { ctx } = run
  for await (const { key, cells, record } of ofacRows(ctx, file, 12)) {
    const say = sayOf(run, key, at.record('prim', record))
    const kind = kindOf(cell(cells, 2))
    run.kinds.set(key, kind)
    run.seen.add(key)
    yield say('schema', schemaOf(kind))
    const name = cell(cells, 1)
    if (name !== undefined) yield nameItem(say, 'name', name, kind)
    yield* listingItems(say, run.lists, programsOf(cell(cells, 3)))
    for (const [column, word] of VESSEL_COLUMNS) {
      const text = cell(cells, column)
      if (text !== undefined) yield* segmentItems(`${word} ${text}`, say, ctx.note)
    }
    yield* remarks(run, key, cells[11] ?? '', say)
  }
}

/** The remark with what overflowed into `comments`; a remark that is cut and not continued is noted. */
function* remarks(run: CsvRun, key: string, remark: string, say: Say): Iterable<SourceItem> {
  const more = run.overflow.get(key)
  // A remark ends with a full stop. One that does not was cut at the width of its column.
  const isCut = !isNull(remark) && !remark.trimEnd().endsWith('.')
  if (more !== undefined && isCut) {
    more.isUsed = true
    for (const segment of remarkSegments(remark + more.text)) {
      yield* segmentItems(segment, say, run.ctx.note)
    }
    return
  }
  if (isNull(remark)) return
  const segments = remarkSegments(remark)
  for (const segment of isCut ? segments.slice(0, -1) : segments) {
    yield* segmentItems(segment, say, run.ctx.note)
  }
  if (!isCut) return
  run.ctx.note('remark_cut', key)
  yield quality(say, 'remark_cut', 'notes', segments.at(-1) ?? '')
}

type RowReader = (run: CsvRun, row: OfacRow, say: Say) => SourceItem[]

async function* rest(
  run: CsvRun,
  role: string,
  cellsMin: number,
  read: RowReader,
): AsyncIterable<SourceItem> {
  const file = run.ctx.optional(role)
  if (file === undefined) return
  for await (const row of ofacRows(run.ctx, file, cellsMin)) {
    const say = sayOf(run, row.key, at.record(role, row.record))
    yield* listed(run, row.key, say)
    yield* read(run, row, say)
  }
}

function aliasRow(run: CsvRun, { key, cells }: OfacRow, say: Say): SourceItem[] {
  const name = cell(cells, 3)
  if (name === undefined) return []
  const kind = run.kinds.get(key) ?? 'unknown'
  return [nameItem(say, aliasProp(cell(cells, 2) ?? 'aka'), name, kind)]
}

function addressRow(_run: CsvRun, { cells }: OfacRow, say: Say): SourceItem[] {
  return addressItems(say, {
    street: cell(cells, 2),
    city: cell(cells, 3),
    country: cell(cells, 4),
  })
}

/** That the entry is on the list, said once, where no primary row said it. */
function* listed(run: CsvRun, key: string, say: Say): Iterable<SourceItem> {
  if (run.seen.has(key)) return
  run.seen.add(key)
  yield say('schema', schemaOf('unknown'))
  yield* listingItems(say, run.lists, [])
}

/**
 * Overflow of which the remark was not read. It begins in the middle of a word, so its first
 * segment is left out, unless it ends with an address whose currency is whole.
 */
function* leftOver(run: CsvRun): Iterable<SourceItem> {
  for (const [key, { text, row, isUsed }] of run.overflow) {
    if (isUsed) continue
    const say = sayOf(run, key, row)
    yield* listed(run, key, say)
    const [fragment = '', ...segments] = remarkSegments(text)
    yield* fragmentItems(run.ctx.note, key, fragment, say)
    for (const segment of segments) yield* segmentItems(segment, say, run.ctx.note)
  }
}

const WALLET_WORDS = 'alt. Digital Currency Address - '

function* fragmentItems(note: Note, key: string, fragment: string, say: Say): Iterable<SourceItem> {
  const match = /^(.* )([A-Z0-9]{2,12}) (\S+)$/.exec(fragment)
  const isWhole = match !== null && WALLET_WORDS.endsWith(match[1] ?? '')
  if (isWhole) yield* walletItems(match[2] ?? '', match[3] ?? '', say, note)
  else note('remark_fragment', `${key}: ${fragment}`)
}

async function* walletRows(run: CsvRun, file: InputFile): AsyncIterable<SourceItem> {
  const required = ['ent_num', 'symbol', 'address']
  for await (const row of csvTable(file, { required })) {
    run.ctx.countRow()
    const key = row.get('ent_num')
    if (!isKey(key)) {
      run.ctx.note('row_malformed', `${file.name}: ${row.record}`)
      continue
    }
    const say = sayOf(run, key, at.record('wallets', row.record))
    yield* listed(run, key, say)
    yield* walletItems(row.get('symbol'), row.get('address'), say, run.ctx.note)
  }
}

async function readOverflow(ctx: CrawlContext): Promise<Map<string, Overflow>> {
  const found = new Map<string, Overflow>()
  const file = ctx.optional('comments')
  if (file === undefined) return found
  try {
    for await (const { key, cells, record } of ofacRows(ctx, file, 2)) {
      const text = cells[1] ?? ''
      const before = found.get(key)
      if (before !== undefined) before.text += text
      else if (!isNull(text)) {
        found.set(key, { text, row: at.record('comments', record), isUsed: false })
      }
    }
  } catch (error) {
    // On a day without an overlong remark the file has nothing to say, and no byte.
    if (!(error instanceof AppError) || error.code !== 'source.empty') throw error
    ctx.note('comments_empty', file.name)
  }
  return found
}

interface OfacRow extends CsvRow {
  readonly key: string
}

/** Rows with an entry number. OFAC's files have no header and end with the byte 0x1A. */
async function* ofacRows(
  ctx: CrawlContext,
  file: InputFile,
  cellsMin: number,
): AsyncIterable<OfacRow> {
  let good = 0
  let bad = 0
  for await (const row of csvRecords(file, { relaxQuotes: true })) {
    const key = (row.cells[0] ?? '').trim()
    if (row.cells.length === 1 && (key === '\u001A' || key === '')) continue
    ctx.countRow()
    if (isKey(key) && row.cells.length >= cellsMin) {
      good += 1
      yield { ...row, key }
    } else {
      bad += 1
      ctx.note('row_malformed', `${file.name}: ${row.record}`)
    }
  }
  if (bad > 0 && bad > good * BAD_ROWS_SHARE_MAX) {
    throw malformed(file, 'rows without an entry number: this is not an OFAC list.')
  }
  // Only the overflow of the remarks may have nothing to say.
  if (good === 0) throw new AppError('source.empty', `${file.name} holds no row.`)
}

function sayOf(run: CsvRun, key: string, row: string): Say {
  return about(`${run.ctx.dataset}:${key}`, row)
}

function isKey(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text)
}

function isNull(text: string): boolean {
  const trimmed = text.trim()
  return trimmed === '' || trimmed === '-0-'
}

function cell(cells: readonly string[], column: number): string | undefined {
  const text = cells[column] ?? ''
  return isNull(text) ? undefined : text.replace(/\s+/g, ' ').trim()
}

function kindOf(word: string | undefined): PartyKind {
  if (word === 'individual' || word === 'vessel' || word === 'aircraft') return word
  return 'entity'
}

/** `NPWMD] [IFSR` → `NPWMD`, `IFSR`. */
function programsOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(/\]\s*\[/)
    .map((program) => program.replace(/[[\]]/g, '').trim())
    .filter((program) => program !== '')
}
