import { LIMITS } from '../base/limits.ts'
import type { IndexReader } from '../index/port.ts'
import type { LedgerReader } from '../ledger/read.ts'
import { mappedAsset, publisherOfAsset } from '../model/asset-map.ts'
import { caip19Key, parseCaip19 } from '../model/caip.ts'
import { currencyName, currencyOf } from '../model/currency.ts'
import { KEY } from '../model/key.ts'
import type { DatasetName } from '../model/statement.ts'
import { globalCode, type RateBook } from './rate-book.ts'
import { rateError } from './rate-errors.ts'
import type { AssetChoice, AssetView } from './rate-types.ts'

/** Longer texts name nothing: CAIP-19 ends before. */
const CODE_CHARS_MAX = 260

export interface CodePorts {
  readonly ledger: LedgerReader
  readonly index: IndexReader
}

/** The asset of an id that a book quotes or that ISO 4217 has. */
export function assetView(id: string, lang = 'en'): AssetView {
  const currency = currencyOf(id)
  if (currency !== undefined) {
    const { kind, minorUnit } = currency
    return { id, symbol: id, name: currencyName(id, lang), kind, asset: null, minorUnit }
  }
  const colon = id.indexOf(':')
  const code = id.slice(colon + 1)
  const mapped = mappedAsset(id.slice(0, colon), code)
  const symbol = code.toUpperCase()
  const name = mapped?.name ?? symbol
  return { id, symbol, name, kind: 'asset', asset: mapped?.asset ?? null, minorUnit: null }
}

/**
 * The id of a code that needs no search: an ISO 4217 code in any case, a publisher's name, a CAIP-19
 * asset of the reviewed table, a symbol that the table maps. Undefined for every other text.
 */
export function knownId(book: RateBook, text: string): string | undefined {
  if (currencyOf(text) !== undefined) return text
  const trimmed = text.trim()
  if (trimmed.length > CODE_CHARS_MAX) return undefined
  const upper = trimmed.toUpperCase()
  if (currencyOf(upper) !== undefined) return upper
  if (trimmed.includes('/')) {
    const parts = parseCaip19(trimmed)
    const row = parts && publisherOfAsset(caip19Key(parts))
    return row && quoted(book, `${row.dataset}:${row.code}`)
  }
  const lower = trimmed.toLowerCase()
  if (trimmed.includes(':')) {
    const colon = lower.indexOf(':')
    const id = globalCode(lower.slice(0, colon), lower.slice(colon + 1))
    return (
      quoted(book, id) ?? quoted(book, globalCode(lower.slice(0, colon), upper.slice(colon + 1)))
    )
  }
  const ids = publisherIds(book, lower)
  const [only] = ids
  // A symbol alone chooses nothing, but a person has reviewed which asset this publisher means.
  if (only === undefined || ids.length > 1) return undefined
  return assetView(only).asset === null ? undefined : only
}

function quoted(book: RateBook, id: string): string | undefined {
  return book.publishers.some((publisher) => publisher.base === id || publisher.has(id))
    ? id
    : undefined
}

function publisherIds(book: RateBook, code: string): readonly string[] {
  const ids = new Set<string>()
  for (const publisher of book.publishers) {
    const id = `${publisher.dataset}:${code}`
    if (publisher.has(id)) ids.add(id)
  }
  return [...ids]
}

/**
 * The id that a text means; throws `rate.unknown_currency`, `rate.ambiguous` (one symbol, several
 * assets: offered as choices) or `rate.not_priced` (a contract that no publisher prices).
 */
export async function findId(ports: CodePorts, book: RateBook, text: string): Promise<string> {
  const known = knownId(book, text)
  if (known !== undefined) return known
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > CODE_CHARS_MAX) throw rateError.unknown(trimmed)
  const parts = trimmed.includes('/') ? parseCaip19(trimmed) : undefined
  if (parts !== undefined) {
    const asset = caip19Key(parts)
    const sids = await ports.index.sidsOf(`c:${asset}`, 1)
    const symbol = (await tokensOf(ports, sids))[0]?.symbol
    const priced = symbol === undefined ? [] : pricedChoices(book, symbol.toLowerCase())
    throw rateError.notPriced(asset, priced)
  }
  if (trimmed.includes(':')) throw rateError.unknown(trimmed)
  const choices = await choicesOf(ports, book, trimmed)
  const [only] = choices
  if (only === undefined) throw rateError.unknown(trimmed)
  if (choices.some(({ isPriced }) => isPriced)) {
    if (choices.length === 1) return only.id
    throw rateError.ambiguous(trimmed, choices)
  }
  throw rateError.notPriced(trimmed, [])
}

function pricedChoices(book: RateBook, code: string): AssetChoice[] {
  return publisherIds(book, code).map((id) => {
    const { symbol, name, asset } = assetView(id)
    return { id, symbol, name, asset, dataset: id.slice(0, id.indexOf(':')), isPriced: true }
  })
}

/** What a symbol may mean: publishers' assets of that name, then listed contracts. */
export async function choicesOf(
  ports: CodePorts,
  book: RateBook,
  symbol: string,
): Promise<AssetChoice[]> {
  const choices = pricedChoices(book, symbol.trim().toLowerCase())
  const mapped = new Set(choices.map(({ asset }) => asset))
  const sids = await ports.index.sidsOf(KEY.symbol(symbol), LIMITS.hitsPerKeyMax)
  const seen = new Set<string>()
  for (const token of await tokensOf(ports, sids)) {
    if (mapped.has(token.asset) || seen.has(token.asset)) continue
    seen.add(token.asset)
    choices.push({ ...token, id: token.asset, isPriced: false })
    if (choices.length >= LIMITS.assetChoicesMax) break
  }
  return choices
}

interface Token {
  readonly asset: string
  readonly symbol: string
  readonly name: string
  readonly dataset: DatasetName
}

async function tokensOf({ ledger }: CodePorts, sids: readonly number[]): Promise<Token[]> {
  const found: Token[] = []
  for (const { prop, value, dataset } of await ledger.statements(sids)) {
    if (prop !== 'token') continue
    const { asset, symbol, name } = JSON.parse(value) as Record<string, unknown>
    if (typeof asset !== 'string' || typeof symbol !== 'string') continue
    found.push({ asset, symbol, name: typeof name === 'string' ? name : symbol, dataset })
  }
  return found
}
