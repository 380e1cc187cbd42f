import type { Context } from 'hono'
import { AppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import { decodeLink } from '../query/fx-link.ts'
import type {
  BoardInput,
  ConvertAnswer,
  FxPurchaseAnswer,
  HistoryAnswer,
  RateQueries,
} from '../query/rate-types.ts'
import { isOwnForm } from './headers.ts'
import { fxPage, PRICE_FIELDS } from './page/tool-fx.ts'
import { RANGES, type Range } from './page/tool-parts.ts'
import { type Favourite, ratesPage } from './page/tool-rates.ts'
import { tokenPage } from './page/tool-token.ts'
import { type Asked, askRates } from './part/fault.ts'
import type { Page } from './part/layout.ts'
import type { View } from './view.ts'

type Query = Readonly<Record<string, string | undefined>>

/** Rows of the price table on one page. */
const TABLE_ROWS = 25
/** Points of a chart 720 units wide; with its table a page of 27 years stays below 60 KB. */
const CHART_POINTS = 320
const FAVOURITES_MAX = 12
/** Amounts that people look up. */
const COMMON = ['1', '5', '10', '20', '50', '100', '500', '1000', '5000', '10000']
const DAYS: Readonly<Record<Range, number | undefined>> = {
  '1m': 30,
  '1y': 365,
  '5y': 1_826,
  '10y': 3_652,
  all: undefined,
}
const DAY_MS = 86_400_000
const REOPENED: readonly (keyof FxPurchaseAnswer)[] = ['side', 'kind', 'currency', 'with']

export async function answerToken(rates: RateQueries, view: View, query: Query): Promise<Page> {
  const { q, date, knownAt } = query
  const offset = /^\d{1,6}$/.test(query.offset ?? '') ? Number(query.offset) : 0
  const table = async (quote: string, times: { date?: string | undefined }) =>
    rates.table({ q, knownAt, quote, limit: TABLE_ROWS, offset, lang: view.locale, ...times })
  const none = async () => []
  const choices = (symbol: string) => rates.choices(symbol)
  const wanted = query.to ?? 'USD'
  const asked = await askRates(() => table(wanted, { date }), { to: wanted }, none)
  // A fault of the form is shown there; the prices of today stay.
  const shown = asked.value === undefined ? await askRates(() => table('USD', {}), {}, none) : asked
  const from = query.from ?? shown.value?.rows[0]?.asset.id ?? 'XAU'
  const pair = { from, to: wanted }
  const convert = await askRates(
    () => rates.convert({ ...pair, amount: query.amount, date, knownAt, lang: view.locale }),
    pair,
    choices,
  )
  return {
    ...tokenPage(view, {
      query,
      ...pair,
      table: shown,
      convert,
      history: await historyOf(rates, view, query, convert),
      offset,
      limit: TABLE_ROWS,
    }),
    ...statusOf(convert),
  }
}

export async function answerRates(rates: RateQueries, view: View, query: Query): Promise<Page> {
  const { date, knownAt } = query
  const pair = { from: query.from ?? 'EUR', to: query.to ?? 'USD' }
  const ask = (params: { from: string; to: string; amount?: string | undefined }) =>
    rates.convert({ date, knownAt, lang: view.locale, ...params })
  const choices = (symbol: string) => rates.choices(symbol)
  const convert = await askRates(() => ask({ ...pair, amount: query.amount }), pair, choices)
  const [history, common, favourites, currencies] = await Promise.all([
    historyOf(rates, view, query, convert),
    convert.value === undefined ? [] : commonOf(ask, convert.value),
    Promise.all(
      favouritesOf(query.fav).map(async (one): Promise<Favourite> => {
        const answer = await askRates(
          () => ask(one),
          one,
          async () => [],
        )
        return { ...one, answer }
      }),
    ),
    askRates(
      () => rates.currencies(view.locale),
      {},
      async () => [],
    ),
  ])
  return {
    ...ratesPage(view, {
      query,
      ...pair,
      convert,
      common,
      history,
      favourites,
      currencies: (currencies.value ?? []).filter(({ kind }) => kind !== 'asset'),
    }),
    ...statusOf(convert),
  }
}

/** Round amounts both ways. A direction that cannot be asked leaves the table out. */
async function commonOf(
  ask: (params: { from: string; to: string; amount: string }) => Promise<ConvertAnswer>,
  { from, to }: ConvertAnswer,
): Promise<readonly { readonly there: ConvertAnswer; readonly back: ConvertAnswer }[]> {
  const rows = await askRates(
    () =>
      Promise.all(
        COMMON.map(async (amount) => ({
          there: await ask({ from, to, amount }),
          back: await ask({ from: to, to: from, amount }),
        })),
      ),
    {},
    async () => [],
  )
  return rows.value ?? []
}

function favouritesOf(text: string | undefined): readonly { from: string; to: string }[] {
  const pairs = new Map<string, { from: string; to: string }>()
  for (const part of (text ?? '').split(',')) {
    const [, from, to] = /^([A-Za-z0-9_:.]{1,60})-([A-Za-z0-9_:.]{1,60})$/.exec(part.trim()) ?? []
    if (from === undefined || to === undefined || pairs.size >= FAVOURITES_MAX) continue
    pairs.set(part.trim(), { from, to })
  }
  return [...pairs.values()]
}

/** The pair's history, where there is an answer; a fault of the range is shown at the chart. */
async function historyOf(
  rates: RateQueries,
  view: View,
  query: Query,
  convert: Asked<ConvertAnswer>,
): Promise<Asked<HistoryAnswer> | undefined> {
  if (convert.value === undefined) return undefined
  const { from: base, to: quote } = convert.value
  const range = RANGES.find((one) => one === query.range) ?? '1y'
  const isOwn = query.since !== undefined || query.until !== undefined
  const days = DAYS[range]
  const from =
    isOwn || days === undefined
      ? query.since
      : new Date(view.nowMs - days * DAY_MS).toISOString().slice(0, 10)
  const { knownAt } = query
  return askRates(
    () => rates.history({ base, quote, from, to: query.until, knownAt, points: CHART_POINTS }),
    {},
    async () => [],
  )
}

export async function answerFx(rates: RateQueries, view: View, query: Query): Promise<Page> {
  const { q: token } = query
  const currency = query.currency ?? 'USD'
  const home = query.with ?? 'EUR'
  const values: Query = token === undefined ? { ...query, currency, with: home } : {}
  const [answer, boards] = await Promise.all([
    askRates(
      () => rates.fxPurchase(token === undefined ? fxParams(view, values) : { token }),
      { from: currency, to: home },
      (symbol) => rates.choices(symbol),
    ),
    askRates(
      () => rates.boards(),
      {},
      async () => [],
    ),
  ])
  const shown = token === undefined ? values : reopened(token, answer)
  return fxPage(view, { query: shown, answer, boards: boards.value ?? [] })
}

/** A reopened calculation fills the form with what its link carries, to be changed and asked anew. */
function reopened(token: string, answer: Asked<FxPurchaseAnswer>): Query {
  if (answer.value === undefined) return { currency: 'USD', with: 'EUR' }
  const values: Record<string, string | undefined> = {}
  for (const name of REOPENED) values[name] = String(answer.value[name])
  const asked = linkOf(token)
  if (asked === undefined) return { ...values, amount: answer.value.quantity }
  const row = asked.rows.length === 1 ? asked.rows[0] : undefined
  return {
    ...values,
    amount: asked.amount?.value,
    by: asked.amount?.of,
    fee: asked.fee === '0' ? undefined : asked.fee,
    date: asked.day,
    unit: row?.unit,
    spotBuy: row?.spotBuy ?? undefined,
    cashBuy: row?.cashBuy ?? undefined,
    spotSell: row?.spotSell ?? undefined,
    cashSell: row?.cashSell ?? undefined,
    time: row?.time ?? undefined,
  }
}

function linkOf(token: string) {
  try {
    return decodeLink(token)
  } catch {
    // The answer was read from it by whoever gave it; only the form stays less full.
    return undefined
  }
}

function fxParams(view: View, query: Query) {
  const { amount, fee, date, knownAt } = query
  return {
    currency: query.currency ?? '',
    with: query.with ?? '',
    ...(query.by === 'budget' ? { budget: amount } : { quantity: amount }),
    side: query.side === 'sell' ? ('sell' as const) : ('buy' as const),
    kind: query.kind === 'cash' ? ('cash' as const) : ('spot' as const),
    fee,
    date,
    knownAt,
    board: boardOf(query),
    lang: view.locale,
  }
}

/** A pasted board, else a typed row, else a dataset's board, else none. */
function boardOf(query: Query): BoardInput | undefined {
  const { board, name, home, unit, time, currency, source } = query
  if (board !== undefined) {
    if (board.length > LIMITS.pastedBoardCharsMax) {
      throw new AppError('fx.board_too_large', 'The board is larger than its limit.', {
        status: 413,
      })
    }
    return { csv: board, name, home }
  }
  if (PRICE_FIELDS.some((field) => query[field] !== undefined)) {
    const { spotBuy, cashBuy, spotSell, cashSell } = query
    return { rows: [{ currency, unit, spotBuy, cashBuy, spotSell, cashSell, time }] }
  }
  return source === undefined ? undefined : { dataset: source }
}

/**
 * A posted board. The answer is sent on to its own link, which holds everything: it can be
 * reloaded, kept and passed on. Only a fault is shown at once, with what was pasted.
 */
export async function postFx(rates: RateQueries, view: View, c: Context): Promise<Page | string> {
  if (!isOwnForm(c.req.raw.headers)) {
    throw new AppError('web.foreign_form', 'The form was not sent by this installation.', {
      status: 403,
    })
  }
  const type = c.req.header('content-type') ?? ''
  const length = Number(c.req.header('content-length') ?? Number.NaN)
  if (
    !(length <= LIMITS.boardFormBytesMax) ||
    !/^application\/x-www-form-urlencoded\b/i.test(type)
  ) {
    throw new AppError('web.form_too_large', 'The form is too large.', { status: 413 })
  }
  const query: Record<string, string | undefined> = Object.create(null)
  for (const [name, value] of Object.entries(await c.req.parseBody())) {
    if (typeof value === 'string' && value.trim() !== '') query[name] = value.trim()
  }
  const pair = { from: query.currency, to: query.with }
  const asked = await askRates(
    () => rates.fxPurchase(fxParams(view, query)),
    pair,
    (symbol) => rates.choices(symbol),
  )
  if (asked.value !== undefined) return `/${view.locale}${asked.value.permalink}`
  return fxPage(view, { query, answer: asked, boards: [] })
}

function statusOf(asked: Asked<unknown>): Pick<Page, 'status'> {
  return asked.fault === undefined || asked.fault.error.status === 503 ? {} : { status: 400 }
}
