import type { Json } from '../../base/encode.ts'
import { canonicalJson } from '../../base/encode.ts'
import { splitWebsites } from '../../model/host.ts'
import type { SourceItem } from '../../model/statement.ts'
import type { Day } from '../../model/time.ts'
import type { CrawlContext } from '../crawl.ts'
import { countryCode } from '../lookup.ts'
import type { DateForm } from './day.ts'
import { readDay } from './day.ts'
import { oneLine } from './firm.ts'
import type { Saying } from './say.ts'
import { walletsIn } from './wallet_text.ts'

/** Words of lists for a country that they do not know. */
const NO_COUNTRY = /^(?:unknown|n\/?a|not known|stateless|\?|-|00)$/iu
const NOTE_CHARS_MAX = 65_536

/**
 * One listed party while it is read: each thing is said once, with the row that said it first. Lists
 * that spread a party over several rows read them one after another through the same `Party`.
 */
export class Party {
  readonly #ctx: CrawlContext
  readonly #entity: string
  readonly #told = new Set<string>()
  #row: string
  #pending: SourceItem[] = []
  #interval: { readonly from?: Day; readonly to?: Day } = {}

  constructor(ctx: CrawlContext, key: string, row: string) {
    this.#ctx = ctx
    this.#entity = `${ctx.dataset}:${key}`
    this.#row = row
  }

  /** The row that the next statements stand in. */
  at(row: string): void {
    this.#row = row
  }

  /** The party is history: it was on the list from and to these days. */
  ended(from: Day, to: Day): void {
    this.#interval = { from, to }
  }

  /** What was added since the last call. */
  drain(): readonly SourceItem[] {
    const items = this.#pending
    this.#pending = []
    return items
  }

  has(prop: string): boolean {
    return [...this.#told].some((key) => key.startsWith(`${prop}\n`))
  }

  add(prop: string, text: string | undefined, saying: Saying = {}): void {
    const value = text?.trim() ?? ''
    if (value === '') return
    const key = `${prop}\n${value}\n${saying.lang ?? ''}`
    if (this.#told.has(key)) return
    this.#told.add(key)
    const { original, lang } = saying
    this.#pending.push({
      entity: this.#entity,
      prop,
      value,
      ...(original !== undefined && original !== value && { original }),
      ...(lang !== undefined && { lang }),
      row: this.#row,
      ...this.#interval,
    })
  }

  json(prop: string, value: Json): void {
    this.add(prop, canonicalJson(value))
  }

  name(prop: string, text: string | undefined, saying: Saying = {}): void {
    this.add(prop, text === undefined ? undefined : oneLine(text), saying)
  }

  /** Prose: it is kept as it is, and addresses of wallets in it are statements of their own. */
  notes(text: string | undefined, label = ''): void {
    const plain = text?.trim() ?? ''
    if (plain === '') return
    if (plain.length > NOTE_CHARS_MAX) {
      this.defect('cell_too_long', 'notes', plain.slice(0, 100))
      return
    }
    this.add('notes', label === '' ? plain : `${label}: ${plain}`)
    for (const { address, currency } of walletsIn(plain)) {
      this.json('wallet', { address, currency })
    }
  }

  country(prop: string, text: string | undefined): void {
    const plain = oneLine(text ?? '')
    if (plain === '' || NO_COUNTRY.test(plain)) return
    const code = countryCode(plain)
    if (code !== undefined) this.add(prop, code, { original: plain })
    else this.defect('country_unknown', prop, plain)
  }

  day(prop: string, text: string | undefined, forms: readonly DateForm[]): Day | undefined {
    const plain = text?.trim() ?? ''
    if (plain === '') return undefined
    const day = readDay(plain, forms)
    if (day === undefined) this.defect('date_unreadable', prop, plain.slice(0, 100))
    else this.add(prop, day, { original: plain })
    return day
  }

  address(parts: readonly (string | undefined)[], original?: string): void {
    const known = parts.map((part) => oneLine(part ?? '')).filter((part) => part !== '')
    this.add('address', [...new Set(known)].join(', '), { original })
  }

  websites(cell: string | undefined): void {
    const text = cell?.trim() ?? ''
    if (text === '') return
    const sites = splitWebsites(text)
    if (sites.length === 0) this.defect('website_unreadable', 'website', text.slice(0, 200))
    for (const { host, path } of sites) {
      this.add('website', host + (path ?? ''), { original: oneLine(text) })
    }
  }

  defect(code: string, field: string, original: string): void {
    const value = canonicalJson({ code, field, original })
    if (this.#told.has(`quality\n${value}\n`)) return
    this.#ctx.note(code, `${this.#row} ${field}: ${original}`)
    this.add('quality', value)
  }
}
