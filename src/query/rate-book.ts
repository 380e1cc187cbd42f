import { dayNumber } from '../index/span.ts'
import { currencyOf } from '../model/currency.ts'
import { type Dataset, maxAgeDays } from '../model/dataset.ts'
import { midOf, type Quote, quoteOf, type RateSheet, SIDES } from '../model/rate-sheet.ts'
import type { DatasetName, Hash } from '../model/statement.ts'
import type { Day, Instant } from '../model/time.ts'
import {
  type CodeClass,
  type Fraction,
  fractionOf,
  type GateReason,
  type GateRules,
  type GateSheet,
  gateSheets,
  type HeldReason,
  invert,
  multiplied,
} from '../score/rate/gate.ts'
import type { Publisher, SheetRate, UsableSheet } from '../score/rate/types.ts'

/** A sheet as this instance knows it: one vintage. */
export interface VintageSheet {
  readonly statement: Hash
  readonly dataset: DatasetName
  readonly table: string
  readonly sheet: RateSheet
  readonly dayNumber: number
  readonly observedAt: Instant | null
}

/**
 * Days by which a code may be missing from its publisher's newer sheets before its series counts as
 * ended: longer than any holidays and than a month in which one was forgotten.
 */
const SERIES_GAP_DAYS = 31
/** Days around a sheet in which an authority's sheet speaks of the same market. */
const PEER_DAYS = 3

/** A sheet in its publisher's row of days, after the gate. */
export class BookSheet implements UsableSheet {
  readonly statement: Hash
  readonly dataset: DatasetName
  readonly day: Day
  readonly dayNumber: number
  readonly direction: RateSheet['direction']
  readonly observedAt: Instant | null
  readonly sheet: RateSheet
  isGood = true
  reasons: readonly GateReason[] = []
  held: ReadonlyMap<string, HeldReason> = new Map()

  constructor(vintage: VintageSheet) {
    this.statement = vintage.statement
    this.dataset = vintage.dataset
    this.day = vintage.sheet.day
    this.dayNumber = vintage.dayNumber
    this.direction = vintage.sheet.direction
    this.observedAt = vintage.observedAt
    this.sheet = vintage.sheet
  }

  /** Of the gate: publisher's codes, sides included. */
  codes(): Iterable<string> {
    return Object.keys(this.sheet.quotes)
  }

  /**
   * By an id as questions have it (`btc` is `currency_api:btc`); undefined for a code that the sheet
   * lacks, that has no mid, or that the gate set aside.
   */
  rate(id: string): SheetRate | undefined {
    const code = localCode(this.dataset, id)
    if (code === undefined || this.held.has(code)) return undefined
    return midOf(this.sheet, code)
  }

  isHeld(id: string): boolean {
    const code = localCode(this.dataset, id)
    return code !== undefined && this.held.has(code)
  }

  get gateView(): GateSheet {
    return {
      day: this.dayNumber,
      codes: () => this.codes(),
      rate: (code) => fractionIn(this.sheet, code),
    }
  }
}

/** Units of a code for one unit of the base, as a fraction; of a board its first price. */
function fractionIn(sheet: RateSheet, code: string): Fraction | undefined {
  const quote = quoteOf(sheet, code)
  const price = quote === undefined ? undefined : firstPrice(quote)
  if (quote === undefined || price === undefined) return undefined
  const rate = fractionOf(price)
  if (sheet.direction === 'base_in_quote') return rate
  const unit = typeof quote === 'string' ? '1' : quote.unit
  return multiplied(fractionOf(unit), invert(rate))
}

function firstPrice(quote: Quote): string | undefined {
  if (typeof quote === 'string') return quote
  for (const side of SIDES) if (quote[side] !== undefined) return quote[side]
  return undefined
}

/** `currency_api:btc` → `btc` at that publisher, and nothing at another; `EUR` is `EUR` at all. */
export function localCode(dataset: DatasetName, id: string): string | undefined {
  const colon = id.indexOf(':')
  if (colon === -1) return id
  if (colon !== dataset.length || !id.startsWith(dataset)) return undefined
  return id.slice(colon + 1)
}

/** A publisher's code as questions have it. */
export function globalCode(dataset: DatasetName, code: string): string {
  return currencyOf(code) === undefined ? `${dataset}:${code}` : code
}

/** The sheets of one publisher, base and table, in order of day. */
export class PublisherBook implements Publisher {
  readonly dataset: DatasetName
  readonly title: string
  readonly base: string
  readonly isOfficial: boolean
  readonly isBoard: boolean
  readonly maxAgeDays: number
  readonly sheets: readonly BookSheet[]
  readonly #days: Int32Array
  readonly #known = new Set<string>()

  constructor(vintages: readonly VintageSheet[], dataset: Dataset | undefined) {
    const [first] = vintages
    const name = first?.dataset ?? ''
    const kind = first?.sheet.kind
    this.dataset = name
    this.title = dataset?.title ?? name
    this.base = globalCode(name, first?.sheet.base ?? '')
    this.isBoard = kind === 'board'
    this.isOfficial =
      kind === 'fixing' && (dataset === undefined || dataset.authority.role === 'issuer')
    // A dataset that this installation no longer knows speaks on, with the usual age.
    this.maxAgeDays = dataset === undefined ? 7 : maxAgeDays(dataset)
    this.sheets = vintages
      .toSorted((a, b) => a.dayNumber - b.dayNumber)
      .map((vintage) => new BookSheet(vintage))
    this.#days = Int32Array.from(this.sheets, (sheet) => sheet.dayNumber)
    for (const sheet of this.sheets) for (const code of sheet.codes()) this.#known.add(code)
  }

  /** Ids of everything that it has ever quoted. */
  *ids(): Iterable<string> {
    for (const code of this.#known) yield globalCode(this.dataset, code)
  }

  has(id: string): boolean {
    const code = localCode(this.dataset, id)
    return code !== undefined && this.#known.has(code)
  }

  /** Position of the newest sheet not after a day; −1 before the first. */
  indexAt(dayNumber: number): number {
    let low = 0
    let high = this.#days.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#days[middle] as number) <= dayNumber) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  find(ids: readonly string[], dayNumber: number): BookSheet | undefined {
    for (const id of ids) if (!this.has(id)) return undefined
    let newest: number | undefined
    for (let i = this.indexAt(dayNumber); i >= 0; i--) {
      const sheet = this.sheets[i] as BookSheet
      if (!sheet.isGood) continue
      newest ??= sheet.dayNumber
      if (newest - sheet.dayNumber > SERIES_GAP_DAYS) return undefined
      if (ids.every((id) => sheet.rate(id) !== undefined)) return sheet
    }
    return undefined
  }

  /** The nearest days, however far, whose sheets have these codes: for whoever asks in vain. */
  around(ids: readonly string[], dayNumber: number): { last?: number; next?: number } {
    if (!ids.every((id) => this.has(id))) return {}
    const has = (sheet: BookSheet) => sheet.isGood && ids.every((id) => sheet.rate(id))
    const at = this.indexAt(dayNumber)
    const last = this.sheets.slice(0, at + 1).findLast(has)
    const next = this.sheets.slice(at + 1).find(has)
    return {
      ...(last === undefined ? {} : { last: last.dayNumber }),
      ...(next === undefined ? {} : { next: next.dayNumber }),
    }
  }

  /** The newest good sheet not after a day. */
  newestAt(dayNumber: number): BookSheet | undefined {
    for (let i = this.indexAt(dayNumber); i >= 0; i--) {
      const sheet = this.sheets[i] as BookSheet
      if (sheet.isGood) return sheet
    }
    return undefined
  }

  /**
   * Sheets newer than a day, up to another, that are in quarantine or in which the gate set aside
   * one of some ids.
   */
  *doubtful(p: { after: number; upTo: number; ids: readonly string[] }): Iterable<BookSheet> {
    for (let i = this.indexAt(p.upTo); i >= 0; i--) {
      const sheet = this.sheets[i] as BookSheet
      if (sheet.dayNumber <= p.after) return
      if (!sheet.isGood || p.ids.some((id) => sheet.isHeld(id))) yield sheet
    }
  }
}

/** Everything that is known of rates at one state of knowledge. */
export class RateBook {
  /** Fixings and market sheets: what conversions use. */
  readonly publishers: readonly PublisherBook[]
  readonly boards: readonly PublisherBook[]
  readonly #byStatement = new Map<Hash, BookSheet>()
  readonly #publisherOf = new Map<BookSheet, PublisherBook>()
  #coverage: ReadonlyMap<string, Coverage> | undefined

  constructor(
    vintages: Iterable<VintageSheet>,
    datasets: ReadonlyMap<DatasetName, Dataset>,
    gate: 'on' | 'off' = 'on',
  ) {
    const groups = new Map<string, VintageSheet[]>()
    for (const vintage of vintages) {
      const key = `${vintage.dataset}:${vintage.sheet.base}:${vintage.table}:${vintage.sheet.kind}`
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [vintage])
      else group.push(vintage)
    }
    const all = [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, group]) => new PublisherBook(group, datasets.get(group[0]?.dataset ?? '')))
    this.publishers = all.filter(({ isBoard }) => !isBoard)
    this.boards = all.filter(({ isBoard }) => isBoard)
    for (const publisher of all) {
      for (const sheet of publisher.sheets) {
        this.#byStatement.set(sheet.statement, sheet)
        this.#publisherOf.set(sheet, publisher)
      }
    }
    if (gate === 'on') this.#judge()
  }

  get size(): number {
    return this.#byStatement.size
  }

  sheet(statement: Hash): BookSheet | undefined {
    return this.#byStatement.get(statement)
  }

  publisherOf(sheet: BookSheet): PublisherBook | undefined {
    return this.#publisherOf.get(sheet)
  }

  /** Authorities first: they are the peers of the others. */
  #judge(): void {
    const official = this.publishers.filter(({ isOfficial }) => isOfficial)
    const judged: PublisherBook[] = []
    const rest = this.publishers.filter(({ isOfficial }) => !isOfficial)
    for (const publisher of [...official, ...rest, ...this.boards]) {
      const peers = judged.filter(({ isOfficial }) => isOfficial)
      const results = gateSheets(
        publisher.sheets.map((sheet) => sheet.gateView),
        rulesOf(publisher, peers),
      )
      for (const [i, { state, reasons, held }] of results.entries()) {
        const sheet = publisher.sheets[i] as BookSheet
        sheet.isGood = state === 'good'
        sheet.reasons = reasons
        sheet.held = held
      }
      judged.push(publisher)
    }
  }

  /** First and last day of each id, and who quotes it. Of good sheets only. */
  coverage(): ReadonlyMap<string, Coverage> {
    this.#coverage ??= coverageOf(this.publishers)
    return this.#coverage
  }
}

export interface Coverage {
  readonly from: number
  readonly to: number
  readonly datasets: readonly { dataset: DatasetName; from: number; to: number }[]
}

function coverageOf(publishers: readonly PublisherBook[]): ReadonlyMap<string, Coverage> {
  const rows = new Map<string, Map<DatasetName, { from: number; to: number }>>()
  const note = (id: string, dataset: DatasetName, day: number) => {
    let own = rows.get(id)
    if (own === undefined) {
      own = new Map()
      rows.set(id, own)
    }
    const known = own.get(dataset)
    if (known === undefined) own.set(dataset, { from: day, to: day })
    else {
      known.from = Math.min(known.from, day)
      known.to = Math.max(known.to, day)
    }
  }
  for (const { sheets, dataset, base } of publishers) {
    for (const sheet of sheets) {
      if (!sheet.isGood) continue
      note(base, dataset, sheet.dayNumber)
      for (const code of sheet.codes()) {
        if (!sheet.held.has(code)) note(globalCode(dataset, code), dataset, sheet.dayNumber)
      }
    }
  }
  return new Map(
    [...rows].map(([id, own]) => {
      const datasets = [...own].map(([dataset, days]) => ({ dataset, ...days }))
      const from = Math.min(...datasets.map((d) => d.from))
      return [id, { from, to: Math.max(...datasets.map((d) => d.to)), datasets }]
    }),
  )
}

function rulesOf(publisher: PublisherBook, peers: readonly PublisherBook[]): GateRules {
  const others = peers.filter(({ dataset }) => dataset !== publisher.dataset)
  return {
    isOfficial: publisher.isOfficial || publisher.isBoard,
    classOf,
    isExpected: (code, day) => day <= lastDay(code),
    peers(code, day) {
      const found: Fraction[] = []
      for (const other of others) {
        const fraction = peerFraction(other, { code, base: publisher.base, day })
        if (fraction !== undefined) found.push(fraction)
      }
      return found
    },
  }
}

const lastDays = new Map<string, number>()

/** Last day of a currency; a day that never comes for one in use, none for what is no currency. */
function lastDay(code: string): number {
  let last = lastDays.get(code)
  if (last === undefined) {
    const currency = currencyOf(code)
    if (currency === undefined) return Number.NEGATIVE_INFINITY
    last = currency.until === null ? Number.POSITIVE_INFINITY : dayNumber(currency.until)
    lastDays.set(code, last)
  }
  return last
}

function classOf(code: string): CodeClass {
  const kind = currencyOf(code)?.kind
  if (kind === undefined) return 'token'
  return kind === 'metal' ? 'metal' : 'currency'
}

/** What another publisher's sheet of these days says of a pair: units of the code for one base. */
function peerFraction(
  other: PublisherBook,
  { code, base, day }: { readonly code: string; readonly base: string; readonly day: number },
): Fraction | undefined {
  if (!other.has(code) && other.base !== code) return undefined
  if (!other.has(base) && other.base !== base) return undefined
  const ids = [code, base].filter((id) => id !== other.base)
  const sheet = other.find(ids, day)
  if (sheet === undefined || day - sheet.dayNumber > PEER_DAYS) return undefined
  const one: Fraction = { num: 1n, den: 1n }
  const ofCode = code === other.base ? one : fractionIn(sheet.sheet, code)
  const ofBase = base === other.base ? one : fractionIn(sheet.sheet, base)
  if (ofCode === undefined || ofBase === undefined) return undefined
  return multiplied(ofCode, invert(ofBase))
}
