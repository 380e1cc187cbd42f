import type { Clock } from '../base/clock.ts'
import { dayNumber, dayText } from '../index/span.ts'
import { readAmount } from '../model/amount-text.ts'
import { currencies, currencyOf, isInUse } from '../model/currency.ts'
import { divide, exponentOf, multiply, ONE, toPlaces, toPlain } from '../model/decimal.ts'
import type { Day } from '../model/time.ts'
import { dayOf, endOfDay, instantOf, isDay } from '../model/time.ts'
import type { NotChecked } from '../model/verdict.ts'
import { type Resolved, rateTexts, roundingOf } from '../score/rate/convert.ts'
import { applied } from '../score/rate/ratio.ts'
import { fxPurchase } from './fx.ts'
import type { QueryPorts } from './queries.ts'
import type { PublisherBook, RateBook } from './rate-book.ts'
import { assetView, choicesOf, findId, knownId } from './rate-codes.ts'
import { rateError } from './rate-errors.ts'
import { historyOf } from './rate-history.ts'
import { RateLoader } from './rate-loader.ts'
import {
  dayAsked,
  doubt,
  legViews,
  notCheckedOf,
  publisherViews,
  quarantinedFor,
  quarantinedOf,
  type RateSession,
  rateBetween,
  resolved,
  worstState,
} from './rate-session.ts'
import { tableOf } from './rate-table.ts'
import type {
  ConvertAnswer,
  ConvertParams,
  CurrencyRow,
  FxPurchaseParams,
  FxReopenParams,
  HistoryParams,
  QuarantinedView,
  RateQueries,
  RateRow,
  RatesAnswer,
  RatesParams,
  RateTimes,
  TableParams,
} from './rate-types.ts'
import { resolveTimes } from './times.ts'

export type RatePorts = Pick<QueryPorts, 'ledger' | 'index' | 'view' | 'datasets' | 'clock'>

/** Every question about rates. One object per process; it keeps the loaded sheets. */
export function createRateQueries(ports: RatePorts): RateQueries {
  return new RateDesk(ports)
}

/** What is shown before there is input. */
const NOTHING = '0.00'
/** Days whose silent datasets are remembered: a page and its parts ask for one or two. */
const SILENT_KEPT = 16

class RateDesk implements RateQueries {
  readonly #ports: RatePorts
  readonly #clock: Clock
  readonly #loader: RateLoader
  #silent = new Map<number, readonly NotChecked[]>()
  #silentOf: RateBook | undefined

  constructor(ports: RatePorts) {
    this.#ports = ports
    this.#clock = ports.clock
    this.#loader = new RateLoader(ports)
  }

  async warm(): Promise<void> {
    const view = this.#ports.view.current()
    await this.#loader.book(view, view.seq)
  }

  async convert(params: ConvertParams): Promise<ConvertAnswer> {
    const session = await this.#session(params)
    const { book } = session
    const from = knownId(book, params.from) ?? (await findId(this.#ports, book, params.from))
    const to = knownId(book, params.to) ?? (await findId(this.#ports, book, params.to))
    return convertIn(session, { ...params, from, to }, this.#notChecked(session))
  }

  async rates(params: RatesParams): Promise<RatesAnswer> {
    const session = await this.#session(params)
    const base = await findId(this.#ports, session.book, params.base)
    return ratesIn(session, { ...params, base }, this.#notChecked(session))
  }

  async history(params: HistoryParams) {
    const today = this.#today()
    const session = await this.#session({ date: undefined, knownAt: params.knownAt })
    for (const text of [params.from, params.to]) {
      if (text !== undefined && text !== '' && !isDay(text)) throw rateError.date(text)
    }
    const base = await findId(this.#ports, session.book, params.base)
    const quote = await findId(this.#ports, session.book, params.quote)
    return historyOf(session, { ...params, base, quote, today }, this.#notChecked(session))
  }

  async table(params: TableParams) {
    const session = await this.#session(params)
    const quote = await findId(this.#ports, session.book, params.quote ?? 'USD')
    return tableOf(session, { ...params, quote }, this.#notChecked(session))
  }

  async fxPurchase(params: FxPurchaseParams | FxReopenParams) {
    const times = 'token' in params ? {} : params
    const session = await this.#session(times)
    return fxPurchase(session, params, {
      codes: this.#ports,
      sheet: (statement) => this.#loader.sheet(statement),
      notChecked: this.#notChecked(session),
    })
  }

  async choices(symbol: string) {
    const { book } = await this.#session({})
    return choicesOf(this.#ports, book, symbol)
  }

  async currencies(lang = 'en'): Promise<readonly CurrencyRow[]> {
    const { book } = await this.#session({})
    const coverage = book.coverage()
    const ids = new Set<string>()
    for (const { code } of currencies()) ids.add(code)
    for (const publisher of book.publishers) {
      ids.add(publisher.base)
      for (const id of publisher.ids()) ids.add(id)
    }
    return [...ids].map((id) => {
      const currency = currencyOf(id)
      return {
        ...assetView(id, lang),
        numeric: currency?.numeric ?? null,
        until: currency?.until ?? null,
        successor: currency?.successor ?? null,
        datasets: (coverage.get(id)?.datasets ?? []).map(({ dataset, from, to }) => ({
          dataset,
          from: dayText(from),
          to: dayText(to),
        })),
      }
    })
  }

  async boards() {
    const { book, dayNumber: today } = await this.#session({})
    return book.boards.map((board) => ({
      dataset: board.dataset,
      title: board.title,
      home: board.base,
      currencies: [...(board.newestAt(today)?.codes() ?? [])],
    }))
  }

  async quarantined(limit = 100): Promise<readonly QuarantinedView[]> {
    const { book } = await this.#session({})
    return [...book.publishers, ...book.boards]
      .flatMap((publisher) => doubtful(publisher))
      .sort((a, b) => (a.date < b.date ? 1 : -1))
      .slice(0, Math.max(0, limit))
  }

  #today(): Day {
    return dayOf(instantOf(this.#clock.nowMs()))
  }

  async #session({ date, knownAt }: RateTimes): Promise<RateSession> {
    const { datasets } = this.#ports
    const view = this.#ports.view.current()
    const nowMs = this.#clock.nowMs()
    const now = instantOf(nowMs)
    const day = dayAsked(date, dayOf(now))
    const times = knownAt === undefined ? undefined : resolveTimes({ knownAt }, nowMs, view)
    const loaded = this.#loader.book(view, times?.seq ?? view.seq)
    const book = loaded instanceof Promise ? await loaded : loaded
    return {
      book,
      view,
      datasets,
      day,
      dayNumber: dayNumber(day),
      asOf: date === undefined || date === '' ? now : endOfDay(day),
      knownAt: times?.knownAt ?? now,
    }
  }

  #notChecked(session: RateSession): readonly NotChecked[] {
    if (this.#silentOf !== session.book) {
      this.#silent = new Map()
      this.#silentOf = session.book
    }
    let rows = this.#silent.get(session.dayNumber)
    if (rows === undefined) {
      rows = notCheckedOf(session)
      if (this.#silent.size >= SILENT_KEPT) this.#silent.clear()
      this.#silent.set(session.dayNumber, rows)
    }
    return rows
  }
}

function doubtful(publisher: PublisherBook): QuarantinedView[] {
  return publisher.sheets
    .filter((sheet) => !sheet.isGood || sheet.held.size > 0)
    .map((sheet) => doubt(publisher, sheet))
}

/** A conversion between two ids. The hot path: it waits for nothing. */
export function convertIn(
  session: RateSession,
  params: ConvertParams,
  notChecked: readonly NotChecked[] = [],
): ConvertAnswer {
  const { from, to, lang } = params
  const typed = params.amount?.trim() ?? ''
  const amount = typed === '' ? undefined : readAmount(typed, lang)
  if (amount !== undefined && !amount.ok) {
    throw rateError.amount(typed, amount.fault, amount.readings)
  }
  const found = resolved(session, from, to)
  const { rate, shown } = rateTexts(found)
  const result = amount === undefined ? undefined : amountIn(to, amount.value, found)
  return {
    amount: amount?.text ?? '',
    from,
    to,
    date: session.day,
    quantity: amount?.text ?? NOTHING,
    currentRate: shown,
    available: result?.rounded ?? NOTHING,
    rate,
    result: result?.rounded ?? NOTHING,
    unrounded: result?.exact ?? '0',
    method: found.method,
    state: worstState(found.legs),
    legs: legViews(session, found.legs),
    publishers: publisherViews(session, found),
    quarantined: quarantinedFor(session, found.legs),
    assets: { from: assetView(from, lang), to: assetView(to, lang) },
    asOf: session.asOf,
    knownAt: session.knownAt,
    notChecked,
  }
}

function amountIn(to: string, amount: Parameters<typeof multiply>[0], found: Resolved) {
  const { num, den } = found.ratio
  const exact = den === ONE ? multiply(amount, num) : divide(multiply(amount, num), den)
  const rounding = roundingOf(to, found.legs, exponentOf(exact))
  const rounded = applied(amount, found.ratio, rounding)
  const places = currencyOf(to)?.minorUnit ?? 2
  return { exact: toPlain(exact), rounded: toPlaces(rounded, places) }
}

/** Every rate of one base on a day; what nobody quotes is left out. */
function ratesIn(
  session: RateSession,
  params: RatesParams,
  notChecked: readonly NotChecked[],
): RatesAnswer {
  const { base, lang, scope = 'currencies' } = params
  const ids = new Set<string>()
  for (const publisher of session.book.publishers) {
    ids.add(publisher.base)
    for (const id of publisher.ids()) {
      const isCurrency = currencyOf(id) !== undefined
      if (scope === 'all' || isCurrency === (scope === 'currencies')) ids.add(id)
    }
  }
  ids.delete(base)
  const used = new Set<RateRow['dataset']>()
  const rates: RateRow[] = []
  for (const quote of [...ids].sort()) {
    const currency = currencyOf(quote)
    // What ended before the day is asked by name; a list shows what is in use.
    if (currency !== undefined && !isInUse(currency, session.day)) continue
    const found = rateBetween(session, base, quote)
    const first = found?.legs[0]
    if (found === undefined || first === undefined) continue
    const oldest = found.legs.reduce((a, b) => (b.ageDays > a.ageDays ? b : a))
    const { rate, shown } = rateTexts(found)
    for (const { dataset } of found.legs) used.add(dataset)
    rates.push({
      quote,
      name: assetView(quote, lang).name,
      rate,
      currentRate: shown,
      method: found.method,
      dataset: oldest.dataset,
      date: oldest.date,
      ageDays: oldest.ageDays,
      state: worstState(found.legs),
    })
  }
  // Nothing was found: the question itself says why.
  if (rates.length === 0) resolved(session, base, base === 'EUR' ? 'USD' : 'EUR')
  return {
    base,
    date: session.day,
    rates,
    quarantined: quarantinedOf(session, used),
    asOf: session.asOf,
    knownAt: session.knownAt,
    notChecked,
  }
}
