import { canonicalJson } from '../../base/encode.ts'
import type { SourceItem } from '../../model/statement.ts'
import { type Instant, instantOf } from '../../model/time.ts'
import type { CrawlContext, InputFile } from '../crawl.ts'
import { isRecord, json, textOf } from '../parse/json.ts'
import { at } from '../parse/locator.ts'
import { malformed } from '../parse/text.ts'

/** Uniswap/token-lists schema; VOCABULARY §14. Lengths count code points, as JSON Schema does. */
const NAME_CHARS_MAX = 60
const SYMBOL_CHARS_MAX = 20
const DECIMALS_MAX = 255
const LIST_NAME_CHARS_MAX = 30

/** CAIP-2 of Solana's clusters: the first 32 characters of the genesis hash. */
const SOLANA_MAINNET = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'
const SOLANA_TESTNET = 'solana:4uhcVJyU9pJkvQyS88uRDiswHXSCkY3z'
const SOLANA_DEVNET = 'solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1'

/** Numbers that EVM lists use for chains that are not EVM chains: no EIP-155 id. */
const PSEUDO_CHAINS: ReadonlyMap<number, string> = new Map([[501_000_101, SOLANA_MAINNET]])

/** `chainId` as Solana's own list counts its clusters; on EVM lists 101 is another chain. */
const SOLANA_CLUSTERS: ReadonlyMap<number, string> = new Map([
  [101, SOLANA_MAINNET],
  [102, SOLANA_TESTNET],
  [103, SOLANA_DEVNET],
])

/** Addresses that lists write for "the chain's own coin": no contract stands there. */
const NATIVE = new Set([
  '0x0000000000000000000000000000000000000000',
  '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee',
])

export interface TokenListRole {
  readonly role: string
  /** `list`: the token-list standard · `solana`: the same, with clusters · `map`: contract map. */
  readonly form: 'list' | 'solana' | 'map'
  /** Name of the list where its content has none. */
  readonly name: string
}

interface LoadedList {
  readonly list: TokenListRole
  readonly file: InputFile
  readonly name: string
  readonly published: Instant | undefined
  readonly version: string | undefined
  readonly rows: readonly TokenRow[]
}

interface TokenRow {
  readonly row: string
  readonly chainId: unknown
  readonly address: unknown
  readonly standard: string
  readonly token: Readonly<Record<string, unknown>>
}

/**
 * Tokens of one or several lists, one `token` statement for each. Two lists that hold one token
 * make two statements of one entity. Files of mixed vintage count as old as the oldest.
 */
export async function* tokensOf(
  ctx: CrawlContext,
  roles: readonly TokenListRole[],
): AsyncIterable<SourceItem> {
  const lists: LoadedList[] = []
  for (const list of roles) {
    const file = ctx.optional(list.role)
    if (file !== undefined) lists.push(await load(ctx, list, file))
  }
  // A version without any of its lists is an error, said by the name of the first.
  if (lists.length === 0) ctx.file(roles[0]?.role ?? 'list')
  const dates = lists.map((list) => list.published).filter((date) => date !== undefined)
  if (dates.length === lists.length) ctx.setPublished(dates.sort()[0] ?? '')
  const version = lists.length === 1 ? lists[0]?.version : undefined
  if (version !== undefined) ctx.setVersion(version)
  for (const list of lists) {
    for (const row of list.rows) {
      ctx.countRow()
      const item = tokenItem(ctx, list, row)
      if (item !== undefined) yield item
    }
  }
}

async function load(ctx: CrawlContext, list: TokenListRole, file: InputFile): Promise<LoadedList> {
  const content = await json(file)
  if (!isRecord(content)) throw malformed(file, 'a token list is a JSON object.')
  const fallback = file.day === null ? file.lastModified : `${file.day}T00:00:00Z`
  if (list.form === 'map') {
    const rows = Object.entries(content).map(([address, token]) => mapRow(list, address, token))
    const published = fallback ?? undefined
    return { list, file, name: list.name, published, version: undefined, rows }
  }
  const { tokens } = content
  if (!Array.isArray(tokens)) throw malformed(file, 'it has no list "tokens".')
  // The standard's limit of 10,000 is exceeded by real lists, so it is noted and not enforced.
  if (tokens.length > 10_000) ctx.note('tokenlist.many_tokens', `${file.name}: ${tokens.length}`)
  const named = textOf(content, 'name')
  const isNamed = named !== undefined && [...named].length <= LIST_NAME_CHARS_MAX
  return {
    list,
    file,
    name: isNamed ? named : list.name,
    published: instantOfTimestamp(content.timestamp) ?? fallback ?? undefined,
    version: versionOf(content.version),
    rows: tokens.map((token: unknown, i) => listRow(list, token, i)),
  }
}

function listRow(list: TokenListRole, value: unknown, index: number): TokenRow {
  const token = isRecord(value) ? value : {}
  const standard = list.form === 'solana' ? 'token' : 'erc20'
  const row = at.pointer(list.role, 'tokens', index)
  return { row, chainId: token.chainId, address: token.address, standard, token }
}

/** A contract map (MetaMask) holds Ethereum's mainnet only; its keys are the contracts. */
function mapRow(list: TokenListRole, address: string, value: unknown): TokenRow {
  const token = isRecord(value) ? value : {}
  const standard = token.erc721 === true && token.erc20 !== true ? 'erc721' : 'erc20'
  return { row: at.pointer(list.role, address), chainId: 1, address, standard, token }
}

function tokenItem(ctx: CrawlContext, list: LoadedList, row: TokenRow): SourceItem | undefined {
  const place = placeOf(ctx, list, row)
  if (place === undefined) return undefined
  const asset = `${place.chain}/${place.standard}:${place.address}`
  const value = canonicalJson({
    address: place.address,
    asset,
    chain: place.chain,
    decimals: decimalsOf(ctx, row),
    list: list.name,
    name: boundedText(ctx, row, 'name', NAME_CHARS_MAX),
    symbol: boundedText(ctx, row, 'symbol', SYMBOL_CHARS_MAX),
  })
  return { entity: `${ctx.dataset}:${asset}`, prop: 'token', value, row: row.row }
}

interface Place {
  readonly chain: string
  readonly standard: string
  readonly address: string
}

/** Where the token stands; undefined, with a note, when the row does not tell it. */
function placeOf(ctx: CrawlContext, list: LoadedList, row: TokenRow): Place | undefined {
  const { chainId } = row
  const address = typeof row.address === 'string' ? row.address.trim() : ''
  const isId = typeof chainId === 'number' && Number.isSafeInteger(chainId) && chainId > 0
  const solana = isId
    ? (list.list.form === 'solana' ? SOLANA_CLUSTERS : PSEUDO_CHAINS).get(chainId)
    : undefined
  if (!isId || (list.list.form === 'solana' && solana === undefined)) {
    ctx.note('token.unknown_chain', `${row.row}: ${String(chainId).slice(0, 40)}`)
    return undefined
  }
  if (solana !== undefined) {
    if (/^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(address)) {
      return { chain: solana, standard: 'token', address }
    }
  } else if (/^0x[0-9a-f]{40}$/i.test(address)) {
    const lower = address.toLowerCase()
    if (!NATIVE.has(lower)) {
      return { chain: `eip155:${chainId}`, standard: row.standard, address: lower }
    }
    ctx.note('token.native_placeholder', `${row.row}: ${lower} on ${chainId}`)
    return undefined
  }
  ctx.note('token.bad_address', `${row.row}: ${address.slice(0, 80)}`)
  return undefined
}

/** A text within its limit; beyond it the member is left out, and the row's note says so. */
function boundedText(ctx: CrawlContext, row: TokenRow, key: 'name' | 'symbol', max: number) {
  const value = row.token[key]
  const text = typeof value === 'string' ? value.trim() : ''
  if (text === '') {
    ctx.note(`token.no_${key}`, row.row)
    return undefined
  }
  if ([...text].length > max) {
    ctx.note(`token.${key}_too_long`, `${row.row}: ${text.slice(0, 80)}`)
    return undefined
  }
  if (text !== value) ctx.note(`token.${key}_trimmed`, row.row)
  return text
}

function decimalsOf(ctx: CrawlContext, row: TokenRow): number | undefined {
  const value = row.token.decimals
  const isIn = typeof value === 'number' && Number.isInteger(value)
  if (isIn && value >= 0 && value <= DECIMALS_MAX) return value
  ctx.note('token.bad_decimals', `${row.row}: ${String(value).slice(0, 40)}`)
  return undefined
}

/** RFC 3339, also with the offset `+0000` that RFC 822 writes. */
function instantOfTimestamp(value: unknown): Instant | undefined {
  if (typeof value !== 'string') return undefined
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/.test(value)) return undefined
  const ms = Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(ms) ? undefined : instantOf(ms)
}

function versionOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined
  const parts = [value.major, value.minor, value.patch]
  return parts.every((part) => Number.isSafeInteger(part)) ? parts.join('.') : undefined
}
