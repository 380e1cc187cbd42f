import type { Json } from '../../base/encode.ts'
import { canonicalJson, sha256Hex } from '../../base/encode.ts'
import { splitWebsites } from '../../model/host.ts'
import { isLei } from '../../model/lei.ts'
import type { SourceItem } from '../../model/statement.ts'
import type { Day } from '../../model/time.ts'
import type { CrawlContext } from '../crawl.ts'
import { countryCode } from '../lookup.ts'
import type { DateForm } from './day.ts'
import { readDay } from './day.ts'
import { nameKey } from './esma_key.ts'
import type { FieldRow } from './fields.ts'
import type { Say } from './say.ts'
import { about, quality } from './say.ts'

/** How a configured source reads one thing of a row: the name of a field, or a function. */
export type Read<T = string> = string | ((row: FieldRow) => T)

export interface Dated {
  readonly of: Read
  readonly forms: readonly DateForm[]
}

/** Columns of a list of firms, and what a row says of the firm that it names. */
export interface FirmMap {
  /** The source's own id of the row; else the name with the day, or the site. */
  readonly key?: Read
  /** Default `LegalEntity`: lists rarely tell firms, schemes and persons apart. */
  readonly schema?: Read
  /** Names, the first of which is the caption. A name that is a site is a `website` too. */
  readonly names: Read<string | readonly string[]>
  readonly aliases?: Read<string | readonly string[]>
  readonly previousNames?: Read<string | readonly string[]>
  /** Cells with sites, prose around them allowed. */
  readonly websites?: readonly Read[]
  readonly country?: Read
  readonly jurisdiction?: Read
  readonly address?: Read
  readonly email?: Read
  readonly phone?: Read
  readonly notes?: Read<string | readonly string[]>
  readonly registrationNumber?: Read
  /** A broken one is a quality note and no statement. */
  readonly leiCode?: Read
  /** The notice about this firm. */
  readonly sourceUrl?: Read
  /** Cells that mean "none", beside the usual ones. */
  readonly blank?: RegExp
  /** What the row says of the firm. */
  readonly says: readonly Saying[]
}

/** One deciding statement of a row: a warning, a licence. */
export interface Saying {
  readonly prop: 'warning' | 'licence'
  /** The day by which rows of one name are told apart. */
  readonly day?: Dated
  value(row: FieldRow, tools: SayingTools): Json | undefined
}

export interface SayingTools {
  /** The first name of the row, or its first site. */
  readonly caption: string
  readonly text: (read: Read | undefined) => string
  /** The day of a cell; a cell that holds something else is a quality note. */
  readonly day: (dated: Dated | undefined) => Day | null
}

/** What lists write where they know nothing. */
const BLANK =
  /^(?:n\/?a\.?|none|null|nil|unknown|undisclosed|[-–—.*?]+|not (?:available|applicable|known|given))$/iu
const CELL_CHARS_MAX = 16_384
const NAMES_MAX = 100
const KEY_CHARS_MAX = 120

/** The statements of one row; none, with a note, when it names neither a firm nor a site. */
export function firmItems(ctx: CrawlContext, row: FieldRow, map: FirmMap): SourceItem[] {
  const reader = new FirmReader(ctx, row, map)
  return reader.items()
}

/** The statements of all rows of a list. */
export async function* firmsOf(
  ctx: CrawlContext,
  rows: AsyncIterable<FieldRow>,
  map: FirmMap,
): AsyncIterable<SourceItem> {
  for await (const row of rows) yield* firmItems(ctx, row, map)
}

class FirmReader {
  readonly #ctx: CrawlContext
  readonly #row: FieldRow
  readonly #map: FirmMap
  readonly #pending: ((say: Say) => SourceItem)[] = []
  readonly #told = new Set<string>()

  constructor(ctx: CrawlContext, row: FieldRow, map: FirmMap) {
    this.#ctx = ctx
    this.#row = row
    this.#map = map
  }

  items(): SourceItem[] {
    const map = this.#map
    const names = this.#names(map.names)
    const aliases = this.#names(map.aliases)
    const sites = this.#sites([...names, ...aliases])
    const caption = names[0] ?? aliases[0] ?? sites[0]
    if (caption === undefined) {
      this.#ctx.note('row_unreadable', `${this.#row.row} names no firm and no site`)
      return []
    }
    this.#add('schema', this.#text(map.schema) || 'LegalEntity')
    this.#add('name', caption)
    for (const name of [...names, ...aliases]) if (name !== caption) this.#add('alias', name)
    for (const name of this.#names(map.previousNames)) this.#add('previousName', name)
    this.#describe(map)
    this.#says(caption)
    const say = about(`${this.#ctx.dataset}:${this.#key(caption, sites)}`, this.#row.row)
    return this.#pending.map((make) => make(say))
  }

  #describe(map: FirmMap): void {
    this.#country('country', map.country)
    this.#country('jurisdiction', map.jurisdiction)
    for (const prop of ['address', 'email', 'phone', 'registrationNumber'] as const) {
      const text = this.#text(map[prop])
      if (text !== '') this.#add(prop, prop === 'address' ? oneLine(text) : text)
    }
    this.#lei(map.leiCode)
    for (const note of this.#list(map.notes)) this.#add('notes', note)
    const url = this.#text(map.sourceUrl)
    if (url !== '' && URL.canParse(url)) this.#add('sourceUrl', url)
  }

  #lei(read: Read | undefined): void {
    const text = this.#text(read).toUpperCase()
    if (text === '') return
    if (isLei(text)) this.#add('leiCode', text)
    else this.#defect('lei_invalid', fieldName(read), text.slice(0, 100))
  }

  #says(caption: string): void {
    const tools: SayingTools = {
      caption,
      text: (read) => this.#text(read),
      day: (dated) => this.#day(dated),
    }
    for (const { prop, value } of this.#map.says) {
      const json = value(this.#row, tools)
      if (json !== undefined) this.#add(prop, canonicalJson(json))
    }
  }

  /** Of one name several rows may speak, of different days; a row without a name is its site. */
  #key(caption: string, sites: readonly string[]): string {
    const own = this.#text(this.#map.key)
    if (own !== '') return bounded(own)
    const name = nameKey(caption)
    if (name === '') return bounded(sites[0] ?? caption)
    const dated = this.#map.says.find((saying) => saying.day !== undefined)?.day
    if (dated === undefined) return bounded(name)
    return bounded(`${name}:${readDay(this.#text(dated.of), dated.forms) ?? 'undated'}`)
  }

  #read<T>(read: Read<T>): T | string {
    return typeof read === 'string' ? this.#row.get(read) : read(this.#row)
  }

  #text(read: Read | undefined): string {
    if (read === undefined) return ''
    const text = this.#read(read).trim()
    if (text.length > CELL_CHARS_MAX) {
      this.#defect('cell_too_long', fieldName(read), text.slice(0, 100))
      return ''
    }
    return this.#isBlank(text) ? '' : text
  }

  #isBlank(text: string): boolean {
    return text === '' || BLANK.test(text) || this.#map.blank?.test(text) === true
  }

  #list(read: Read<string | readonly string[]> | undefined): readonly string[] {
    if (read === undefined) return []
    const value = this.#read(read)
    const parts = typeof value === 'string' ? [value] : value
    return parts.map((part) => part.trim()).filter((part) => !this.#isBlank(part))
  }

  #names(read: Read<string | readonly string[]> | undefined): readonly string[] {
    // A name that is an address is the site, whatever scheme was typed before it.
    const names = this.#list(read).map((name) =>
      oneLine(name).replace(/^https?:\/\/(\S+?)\/?$/iu, '$1'),
    )
    const fitting = names.filter((name) => name.length <= CELL_CHARS_MAX / 16)
    if (fitting.length < names.length) this.#defect('cell_too_long', fieldName(read), '')
    for (const name of fitting) {
      if (name.includes('\uFFFD')) this.#defect('replacement_character', fieldName(read), name)
    }
    return [...new Set(fitting)].slice(0, NAMES_MAX)
  }

  /** The sites of the row, from the cells for them and from names that are sites. */
  #sites(names: readonly string[]): readonly string[] {
    const seen = new Set<string>()
    for (const read of this.#map.websites ?? []) {
      const cell = this.#text(read)
      const sites = cell === '' ? [] : splitWebsites(refanged(cell))
      if (cell !== '' && sites.length === 0) {
        this.#defect('website_unreadable', fieldName(read), cell.slice(0, 200))
      }
      for (const site of sites) {
        if (site.repaired === true) this.#defect('website_repaired', fieldName(read), site.original)
        this.#site(seen, `${site.host}${site.path ?? ''}`, cell)
      }
    }
    for (const name of names) {
      for (const site of sitesOfName(name)) this.#site(seen, site, name)
    }
    return [...seen]
  }

  #site(seen: Set<string>, value: string, cell: string): void {
    if (seen.has(value)) return
    seen.add(value)
    const plain = oneLine(cell)
      .replace(/^https?:\/\//i, '')
      .replace(/\/$/, '')
    const original = plain.toLowerCase() === value.toLowerCase() ? undefined : oneLine(cell)
    this.#add('website', value, original?.slice(0, 1_000))
  }

  #country(prop: 'country' | 'jurisdiction', read: Read | undefined): void {
    const cell = this.#text(read)
    if (cell === '') return
    const codes = cell
      .split(/[\n;|]|\s\/\s|\/(?=[A-Z])/u)
      .map((part) => ({ part: part.trim(), code: countryCode(part.trim()) }))
    for (const { part, code } of codes) {
      if (code !== undefined) this.#add(prop, code, part)
      else if (part !== '') this.#defect('country_unreadable', fieldName(read), part)
    }
  }

  #day(dated: Dated | undefined): Day | null {
    const text = this.#text(dated?.of)
    if (dated === undefined || text === '') return null
    const day = readDay(text, dated.forms)
    if (day === undefined) this.#defect('date_unreadable', fieldName(dated.of), text.slice(0, 100))
    return day ?? null
  }

  #add(prop: string, value: string, original?: string): void {
    const key = `${prop} ${value}`
    if (this.#told.has(key)) return
    this.#told.add(key)
    this.#pending.push((say) => say(prop, value, { original }))
  }

  #defect(code: string, field: string, original: string): void {
    const key = `quality ${code} ${field} ${original}`
    if (this.#told.has(key)) return
    this.#told.add(key)
    this.#ctx.note(code, `${this.#row.row} ${field}: ${original}`)
    this.#pending.push((say) => quality(say, code, field, original))
  }
}

function fieldName(read: Read<unknown> | undefined): string {
  return typeof read === 'string' ? read : 'row'
}

export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}

function bounded(key: string): string {
  const plain = oneLine(key)
  if (plain.length <= KEY_CHARS_MAX) return plain
  return `${plain.slice(0, KEY_CHARS_MAX - 9)}-${sha256Hex(plain).slice(0, 8)}`
}

/** `example[dot]com`, `support&#64;…`: how notices keep readers from clicking. */
function refanged(cell: string): string {
  return cell.replace(/&#64;/g, '@').replace(/\[at\]/gi, '@')
}

/** Sites of a name that is nothing but a site, or several with slashes between them. */
function sitesOfName(name: string): readonly string[] {
  const words = refanged(name).split(/\s+(?:[/|&]|and|und|et)\s+|[;,|]\s*|\s+/u)
  const sites = words.map((word) => splitWebsites(word))
  if (!sites.every((found) => found.length > 0)) {
    // A name with a site beside it: `Example Trade / example-trade.com`.
    return name
      .split(/\s[/|–-]\s/u)
      .flatMap((part) => (/\s/.test(part.trim()) ? [] : splitWebsites(refanged(part))))
      .map(({ host, path }) => host + (path ?? ''))
  }
  return sites.flat().map(({ host, path }) => host + (path ?? ''))
}

/** A value that is the same in every row. */
export function fixed(text: string): () => string {
  return () => text
}
