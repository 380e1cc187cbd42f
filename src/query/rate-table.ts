import { LIMITS } from '../base/limits.ts'
import { MAPPED_ASSETS } from '../model/asset-map.ts'
import { currencyOf } from '../model/currency.ts'
import type { NotChecked } from '../model/verdict.ts'
import { rateTexts, stateOf } from '../score/rate/convert.ts'
import { assetView } from './rate-codes.ts'
import { changePercent } from './rate-history.ts'
import { quarantinedOf, type RateSession, rateBetween, resolved } from './rate-session.ts'
import type { TableAnswer, TableParams, TableRow } from './rate-types.ts'

const ROWS_DEFAULT = 100

/** The reviewed assets come first, in the order of their table. */
const ORDER = new Map(MAPPED_ASSETS.map(({ dataset, code }, i) => [`${dataset}:${code}`, i]))

/** Prices of publishers' assets and of metals in one currency, each against the sheet before. */
export function tableOf(
  session: RateSession,
  params: TableParams & { readonly quote: string },
  notChecked: readonly NotChecked[],
): TableAnswer {
  const { quote, lang } = params
  if (session.book.publishers.length === 0) resolved(session, 'EUR', quote)
  const wanted = params.q?.trim().toLowerCase() ?? ''
  const all = assetsOf(session, lang)
  const ids =
    wanted === ''
      ? all
      : all.filter(({ name, symbol }) => `${symbol} ${name}`.toLowerCase().includes(wanted))
  const rows: TableRow[] = []
  const limit = whole(params.limit, ROWS_DEFAULT, LIMITS.pageRowsMax)
  const offset = whole(params.offset, 0, Number.MAX_SAFE_INTEGER)
  for (const asset of ids.slice(offset, offset + limit)) {
    const row = rowOf(session, quote, asset)
    if (row !== undefined) rows.push(row)
  }
  return {
    quote,
    date: session.day,
    rows,
    total: ids.length,
    quarantined: quarantinedOf(session, new Set(rows.map(({ dataset }) => dataset))),
    asOf: session.asOf,
    knownAt: session.knownAt,
    notChecked,
  }
}

function whole(value: number | undefined, fallback: number, max: number): number {
  if (value === undefined || !Number.isInteger(value) || value < 0) return fallback
  return Math.min(value, max)
}

function rankOf(id: string): number {
  const kind = currencyOf(id)?.kind
  return ORDER.get(id) ?? (kind === 'metal' ? MAPPED_ASSETS.length : MAPPED_ASSETS.length + 1)
}

/** Days and languages that are asked for at one time; the front page asks for today's each time. */
const KEPT = 32
const kept = new WeakMap<RateSession['book'], Map<string, readonly Asset[]>>()

type Asset = ReturnType<typeof assetView>

/** The assets of a day in the order of the table, remembered as long as the book is in force. */
function assetsOf(session: RateSession, lang: TableParams['lang']): readonly Asset[] {
  const { book, dayNumber } = session
  const known = kept.get(book) ?? new Map<string, readonly Asset[]>()
  kept.set(book, known)
  const key = `${dayNumber} ${lang ?? ''}`
  const found = known.get(key)
  if (found !== undefined) return found
  const assets = assetIds(session)
    .map((id) => assetView(id, lang))
    .sort((a, b) => rankOf(a.id) - rankOf(b.id) || (a.symbol < b.symbol ? -1 : 1))
  if (known.size >= KEPT) known.clear()
  known.set(key, assets)
  return assets
}

/** What is no currency of a country and is quoted in a good sheet not too long before the day. */
function assetIds({ book, dayNumber }: RateSession): string[] {
  const ids = new Set<string>()
  for (const publisher of book.publishers) {
    for (const id of publisher.ids()) {
      const kind = currencyOf(id)?.kind
      if (kind === 'currency' || kind === 'unit' || ids.has(id)) continue
      if (publisher.find([id], dayNumber) !== undefined) ids.add(id)
    }
  }
  return [...ids]
}

function rowOf(
  session: RateSession,
  quote: string,
  asset: TableRow['asset'],
): TableRow | undefined {
  const publisher = session.book.publishers.find((p) => p.find([asset.id], session.dayNumber))
  const sheet = publisher?.find([asset.id], session.dayNumber)
  if (publisher === undefined || sheet === undefined) return undefined
  const price = priceOn(session, sheet, { id: asset.id, quote })
  if (price === undefined) return undefined
  const before = publisher.find([asset.id], sheet.dayNumber - 1)
  const previous = before && priceOn(session, before, { id: asset.id, quote })
  const ageDays = session.dayNumber - sheet.dayNumber
  return {
    asset,
    price,
    previousPrice: previous ?? null,
    changePercent: previous === undefined ? null : changePercent(previous, price),
    dataset: publisher.dataset,
    statement: sheet.statement,
    date: sheet.day,
    previousDate: before === undefined || previous === undefined ? null : before.day,
    ageDays,
    state: stateOf(ageDays, publisher.maxAgeDays),
  }
}

/** The price as it was on the day of a sheet: both ends of a change are of their own day. */
function priceOn(
  session: RateSession,
  { day, dayNumber }: { readonly day: string; readonly dayNumber: number },
  { id, quote }: { readonly id: string; readonly quote: string },
): string | undefined {
  if (id === quote) return '1'
  const found = rateBetween({ ...session, day, dayNumber }, id, quote)
  return found && rateTexts(found).shown
}
