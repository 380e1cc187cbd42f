import type { Json } from '../../base/encode.ts'
import { canonicalJson } from '../../base/encode.ts'
import { splitWebsites } from '../../model/host.ts'
import { isLei } from '../../model/lei.ts'
import type { SourceItem } from '../../model/statement.ts'
import type { Day } from '../../model/time.ts'
import { dayOf } from '../../model/time.ts'
import type { CrawlContext } from '../crawl.ts'
import { csvTable } from '../parse/csv.ts'
import { parseDayMonthYear } from '../parse/date.ts'
import { at } from '../parse/locator.ts'
import { firmKey, isLegalForm, nameKey } from './esma_key.ts'
import type { CellDefect } from './esma_services.ts'
import { countryOf } from './esma_services.ts'
import { aligned } from './esma_shift.ts'
import { collapse, stripEnds } from './esma_text.ts'

/** The role of the one file that each of ESMA's interim MiCA registers is. */
const ROLE = 'register'

/** Columns of all five registers; each register names its own beside them. */
const COMMON_COLUMNS = [
  'ae_competentAuthority',
  'ae_homeMemberState',
  'ae_lei_name',
  'ae_lei',
  'ae_lei_cou_code',
] as const

/** The longest cell of the registers has about a thousand characters. */
const CELL_CHARS_MAX = 16_384
/** Brands or addresses of one cell: the longest list of the registers has ten. */
export const CELL_MEMBERS_MAX = 100
/** Notes of one row: a row with more is broken as a whole, and the first ones show it. */
const ROW_DEFECTS_MAX = 50

/** A line that ends inside a cell: one was typed, or two cells were pasted into one. */
const LINE_END = /[\n\r]/u

/** Of a row whose cells are out of place so much is quoted as the row's own words. */
const SHIFTED_CHARS = 500

/** What a cell holds when it holds nothing. */
const BLANK = /^(?:n\/?a|none|null|nil|[-–—]+|no comments?\.?|not (?:available|applicable)\.?)$/iu

/** One row while it is being read: its statements wait until the entity is known. */
export interface EsmaRow {
  /** Its cells do not stand under their heads: what it grants is not known. */
  readonly isShifted: boolean
  /** The cell as the file has it, trimmed. */
  cell(column: string): string
  /** The cell with white space collapsed; '' where it says nothing or cannot be read. */
  text(column: string): string
  /** As `text`, but what U+FFFD broke is kept as written: a caption needs a name. */
  name(column: string): string
  /** The cell with its line ends, for cells that hold lists; '' where it cannot be read. */
  list(column: string): string
  /** False for an empty cell and for the words that say so. */
  isFilled(column: string): boolean
  add(prop: string, value: string, original?: string): void
  json(prop: string, value: Json): void
  /** A data-quality note that a reader should see, beside the count in the run record. */
  defect(code: string, column: string, original: string): void
  defects(column: string, found: readonly CellDefect[]): void
  /** `DD/MM/YYYY`; any other form is a defect and null (VOCABULARY §6: never a guess). */
  day(column: string): Day | null
  /** The row's statements, about this entity. */
  items(key: string): SourceItem[]
}

interface EsmaTable {
  /** Columns of this register beside the common ones; unknown ones are noted, not refused. */
  readonly columns: readonly string[]
  /**
   * Columns that make the file this register and no other of the five; the last of the header is
   * among them, so that a header broken off is not taken for a register of nobody.
   */
  readonly required: readonly string[]
}

/** Rows of one register file, read by column name. A register may be a header and nothing else. */
export async function* esmaRows(ctx: CrawlContext, table: EsmaTable): AsyncIterable<EsmaRow> {
  const known = [...COMMON_COLUMNS, ...table.columns]
  const rows = csvTable(ctx.file(ROLE), {
    required: ['ae_competentAuthority', 'ae_homeMemberState', 'ae_lei_name', ...table.required],
    known,
    onUnknown: (column) => ctx.note('column_unknown', column),
  })
  for await (const row of rows) {
    ctx.countRow()
    const { cells, state } = aligned(row.columns, row.cells)
    const get = (column: string) => (cells[row.columns.indexOf(column)] ?? '').trim()
    const read = readRow(ctx, get, at.record(ROLE, row.record), state === 'shifted')
    if (state !== 'straight') {
      const code = state === 'shifted' ? 'columns_shifted' : 'columns_realigned'
      read.defect(code, '', row.raw.trim().slice(0, SHIFTED_CHARS))
    }
    yield read
  }
}

type Pending = Pick<SourceItem, 'prop' | 'value' | 'original'>

function readRow(
  ctx: CrawlContext,
  cellOf: (column: string) => string,
  row: string,
  isShifted: boolean,
): EsmaRow {
  const pending: Pending[] = []
  const add = (prop: string, value: string, original?: string) => {
    pending.push({ prop, value, ...(original !== undefined && { original }) })
  }
  const told = new Set<string>()
  const defect = (code: string, column: string, original: string) => {
    const key = `${code} ${column} ${original}`
    if (told.has(key) || told.size >= ROW_DEFECTS_MAX) return
    told.add(key)
    ctx.note(code, `${row} ${column}: ${original}`)
    add('quality', canonicalJson({ code, field: column, original }))
  }
  const get = (column: string) => {
    const cell = cellOf(column)
    if (cell.length <= CELL_CHARS_MAX) return cell
    defect('cell_too_long', column, cell.slice(0, 100))
    return ''
  }
  const list = (column: string) => {
    const cell = get(column)
    if (!cell.includes('\uFFFD')) return BLANK.test(cell) ? '' : cell
    defect('replacement_character', column, cell)
    return ''
  }
  return {
    isShifted,
    cell: get,
    list,
    text(column) {
      const cell = list(column)
      if (LINE_END.test(cell)) defect('line_break', column, cell)
      return collapse(cell)
    },
    name(column) {
      const cell = get(column)
      if (LINE_END.test(cell)) defect('line_break', column, cell)
      if (cell.includes('\uFFFD')) defect('replacement_character', column, cell)
      return BLANK.test(collapse(cell)) ? '' : cell
    },
    isFilled: (column) => !BLANK.test(get(column)) && get(column) !== '',
    add,
    json: (prop, value) => add(prop, canonicalJson(value)),
    defect,
    defects(column, found) {
      for (const { code, original } of found) defect(code, column, original)
    },
    day(column) {
      const cell = get(column)
      if (cell === '' || BLANK.test(cell)) return null
      const day = parseDayMonthYear(cell)
      if (day === undefined) defect('date_unreadable', column, cell)
      else if (isAhead(ctx, column, day)) defect('date_in_future', column, cell)
      return day ?? null
    },
    items: (key) => pending.map((p) => ({ entity: `${ctx.dataset}:${key}`, ...p, row })),
  }
}

/**
 * A day after the version's own, of something that is said to have happened: white papers are
 * announced so, and days and months change places. A reader should see it; once the day has come the
 * note goes, and the row stays as it was.
 */
function isAhead(ctx: CrawlContext, column: string, day: Day): boolean {
  if (ctx.publishedAt === null || column.endsWith('EndDate')) return false
  return day > dayOf(ctx.publishedAt)
}

/** Who a row is about, after the cells that all registers share have been read into statements. */
export interface EsmaFirm {
  readonly name: string
  readonly lei: string | null
  /** Home member state, or the LEI's country where the file has none; null when neither tells. */
  readonly home: string | null
  /** The competent authority with single spaces, its code in parentheses as the file has it. */
  readonly authority: string
}

interface FirmOptions {
  readonly schema: 'Company' | 'LegalEntity'
  /** The register requires an LEI of every firm, so a row without one is a defect. */
  readonly leiRequired: boolean
  /** Columns of the firm that the row is about, where they are not the usual ones. */
  readonly nameColumn?: string
  readonly leiColumn?: string
}

/** Columns any of which tells what a row is about. */
const TELLING = ['ae_lei_name', 'ae_lei', 'ae_commercial_name', 'ae_website', 'wp_url']

/** Reads the cells that the registers share. Undefined when the row names nobody: noted. */
export function readFirm(
  ctx: CrawlContext,
  row: EsmaRow,
  options: FirmOptions,
): EsmaFirm | undefined {
  const { nameColumn = 'ae_lei_name', leiColumn = 'ae_lei' } = options
  if (![nameColumn, ...TELLING].some((column) => row.isFilled(column))) {
    ctx.note('row_unreadable', 'a row names no firm, no site and no white paper')
    return undefined
  }
  const [name, ...otherNames] = namesOf(row.name(nameColumn))
  const brandCell = row.name('ae_commercial_name')
  const brands = splitBrands(brandCell, name ?? '')
  const caption = name ?? brands[0]
  if (name === undefined) row.defect('name_missing', nameColumn, '')
  row.add('schema', options.schema)
  if (caption !== undefined) addNames(row, caption, otherNames, brands, brandCell)
  const home = readHome(row, leiColumn === 'ae_lei')
  const lei = readLei(row, leiColumn, options.leiRequired)
  readWebsites(row)
  const address = row.text('ae_address')
  if (address !== '') row.add('address', address)
  return { name: caption ?? '', lei, home, authority: readAuthority(row) }
}

function addNames(
  row: EsmaRow,
  caption: string,
  otherNames: readonly string[],
  brands: readonly string[],
  brandCell: string,
): void {
  const seen = new Set([caption])
  row.add('name', caption)
  for (const alias of [...otherNames, ...brands]) {
    if (seen.has(alias)) continue
    seen.add(alias)
    const cell = collapse(brandCell)
    row.add('alias', alias, brands.length > 1 && brands.includes(alias) ? cell : undefined)
  }
}

/** The firm's key; a row that names nobody is told by what else it says. */
export function keyOf(row: EsmaRow, firm: EsmaFirm, day?: string | null): string {
  const name =
    firm.name === '' ? `unnamed ${row.text('ae_website')} ${row.text('wp_url')}` : firm.name
  return firmKey({ ...firm, name, ...(day !== undefined && { day }) })
}

/** A legal-name cell holds one name, or several with a bar between them. */
function namesOf(cell: string): string[] {
  return cell
    .split('|', CELL_MEMBERS_MAX)
    .map(collapse)
    .filter((name) => name !== '')
}

/**
 * Brands of one commercial-name cell. Bars, semicolons, line ends and spaced slashes divide it; a
 * comma does too, unless it belongs to a name: before a legal form (`Example, UAB`), in `A, B & C`,
 * or where the cell is the legal name itself. Hosts may have a dash between them.
 */
export function splitBrands(cell: string, legalName: string): string[] {
  const whole = collapse(cell)
  if (whole === '') return []
  if (nameKey(whole) === nameKey(legalName)) return [whole]
  const parts = cell
    .split(/[|;\n\r]|\s\/\s/u)
    .flatMap(splitAtCommas)
    .flatMap(splitHosts)
  const brands = parts.map(collapse).filter((part) => part !== '' && !BLANK.test(part))
  return [...new Set(brands)].slice(0, CELL_MEMBERS_MAX)
}

function splitAtCommas(part: string): string[] {
  const pieces = part.split(/,\s+/u)
  if (pieces.length === 1 || /(?:&|\b(?:and|und|et)\b)/iu.test(pieces.at(-1) ?? '')) return [part]
  const out: string[] = []
  for (const piece of pieces) {
    if (isLegalForm(piece) && out.length > 0) out.push(`${out.pop()}, ${piece}`)
    else out.push(piece)
  }
  return out
}

function splitHosts(part: string): string[] {
  const pieces = part.split(/\s[-–]\s/u)
  return pieces.every((piece) => /^\s*[^\s.]+(?:\.[^\s.]+)+\s*$/u.test(piece)) ? pieces : [part]
}

/** The home state always counts; the LEI's country stands in where it is missing, marked. */
function readHome(row: EsmaRow, withLeiCountry: boolean): string | null {
  const cell = row.text('ae_homeMemberState')
  const home = countryOf(cell)
  const leiCell = withLeiCountry ? row.text('ae_lei_cou_code') : ''
  const leiCountry = countryOf(leiCell)
  if (cell !== '' && home === undefined) {
    row.defect('country_unreadable', 'ae_homeMemberState', cell)
  }
  if (leiCell !== '' && leiCountry === undefined) {
    row.defect('country_unreadable', 'ae_lei_cou_code', leiCell)
  }
  if (leiCountry !== undefined) addCountry(row, 'jurisdiction', leiCountry, leiCell)
  if (home !== undefined) addCountry(row, 'country', home, cell)
  else if (leiCountry !== undefined) {
    // The mark says that the register did not name this state itself.
    row.defect('country_derived', 'ae_homeMemberState', cell)
    addCountry(row, 'country', leiCountry, leiCell)
  }
  return home ?? leiCountry ?? null
}

function addCountry(row: EsmaRow, prop: string, code: string, cell: string): void {
  if (isEuCode(cell)) row.defect('country_code_eu', COUNTRY_COLUMNS[prop] ?? prop, cell)
  row.add(prop, code, code === cell ? undefined : cell)
}

const COUNTRY_COLUMNS: Readonly<Record<string, string>> = {
  country: 'ae_homeMemberState',
  jurisdiction: 'ae_lei_cou_code',
}

/** The Union's own code, which ISO 3166 does not have: Greece. */
export function isEuCode(cell: string): boolean {
  return /^EL$/iu.test(cell)
}

/** A valid LEI becomes `leiCode`; a broken one is only a quality statement, and joins nothing. */
function readLei(row: EsmaRow, column: string, isRequired: boolean): string | null {
  const cell = row.text(column)
  if (cell === '') {
    if (isRequired) row.defect('lei_missing', column, '')
    return null
  }
  const repaired = stripEnds(cell.toUpperCase().replace(/\s+/gu, ''), '.,;')
  if (!isLei(repaired)) {
    row.defect('lei_invalid', column, cell)
    return null
  }
  if (repaired !== cell) row.defect('lei_repaired', column, cell)
  row.add('leiCode', repaired, repaired === cell ? undefined : cell)
  return repaired
}

/** Sites of both columns, each once: many firms name the same site as their platform. */
function readWebsites(row: EsmaRow): void {
  const seen = new Set<string>()
  for (const column of ['ae_website', 'ae_website_platform']) {
    const cell = row.list(column)
    const sites = cell === '' ? [] : splitWebsites(cell)
    if (cell !== '' && sites.length === 0) row.defect('website_unreadable', column, collapse(cell))
    for (const site of sites) {
      const value = `${site.host}${site.path ?? ''}`
      if (site.repaired === true) row.defect('website_repaired', column, site.original)
      if (seen.has(value)) continue
      seen.add(value)
      row.add('website', value, isPlain(cell, value) ? undefined : collapse(cell))
    }
  }
}

/** The cell is the site itself: a scheme or a final slash more is no other statement. */
function isPlain(cell: string, value: string): boolean {
  const site = stripEnds(cell.replace(/^https?:\/\//iu, ''), '/')
  return site.toLowerCase() === value.toLowerCase()
}

function readAuthority(row: EsmaRow): string {
  const authority = collapse(row.name('ae_competentAuthority'))
  if (authority !== '') return authority
  row.defect('authority_missing', 'ae_competentAuthority', '')
  return 'competent authority not named'
}

/** The register's own comment, and the notices that it links. */
export function readComment(row: EsmaRow, column: string): string {
  const comment = row.text(column)
  if (comment === '') return ''
  row.add('notes', comment)
  const urls = comment.match(/https?:\/\/[^\s<>"'“”]+/gu) ?? []
  for (const url of urls.slice(0, CELL_MEMBERS_MAX)) {
    const clean = stripEnds(url, '.,;:)]')
    if (URL.canParse(clean)) row.add('sourceUrl', clean)
  }
  return comment
}
