import { canonicalJson } from '../../../src/base/encode.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext, InputFile } from '../../../src/source/crawl.ts'
import { literalEntries } from '../../../src/source/format/js-literal.ts'
import { isRecord, parseJson, textOf } from '../../../src/source/parse/json.ts'
import { at } from '../../../src/source/parse/locator.ts'
import { malformed, wholeText } from '../../../src/source/parse/text.ts'

/** The largest list today has 3 MB of text. */
const CHARS_MAX = 134_217_728
/** Addresses of one chain that are kept: a page or a watcher needs a few, and one lists 60. */
const LINKS_MAX = 12

type Fields = Readonly<Record<string, unknown>>

interface ChainRow {
  readonly row: string
  readonly chain: Fields
}

/**
 * One `chain` statement for each chain of ethereum-lists (role `chains`: JSON as its site serves
 * it, or the module of @revoke.cash/chains, read as data) and for each chain that only viem
 * defines (role `viem`). Links with a key's placeholder or without TLS are left out.
 */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const seen = new Set<number>()
  for (const { row, chain } of await rowsOf(ctx.file('chains'))) {
    ctx.countRow()
    const id = idOf(ctx, chain.chainId, row, seen)
    if (id !== undefined) yield item(ctx, { id, row, members: ofEthereumLists(ctx, chain, row) })
  }
  const viem = ctx.optional('viem')
  if (viem === undefined) return
  const listed = new Set(seen)
  for (const { row, chain } of await rowsOf(viem)) {
    ctx.countRow()
    // The list speaks for the chains that it has; viem's wording would only be a second one.
    if (typeof chain.id === 'number' && listed.has(chain.id)) continue
    const id = idOf(ctx, chain.id, row, seen)
    if (id !== undefined) yield item(ctx, { id, row, members: ofViem(ctx, chain, row) })
  }
}

async function rowsOf(file: InputFile): Promise<readonly ChainRow[]> {
  const text = await wholeText(file, CHARS_MAX)
  if (!/^\s*[[{]/.test(text)) {
    return literalEntries(text, 'chains').map(({ value, start, end }) => ({
      row: at.chars(file.role, start, end),
      chain: isRecord(value) ? value : {},
    }))
  }
  const content = parseJson(file, text)
  if (!Array.isArray(content) && !isRecord(content)) throw malformed(file, 'it is no list.')
  return Object.entries(content).map(([key, value]: [string, unknown]) => ({
    row: at.pointer(file.role, key),
    chain: isRecord(value) ? value : {},
  }))
}

function idOf(ctx: CrawlContext, id: unknown, row: string, seen: Set<number>) {
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1) {
    ctx.note('chain.bad_id', `${row}: ${String(id).slice(0, 40)}`)
    return undefined
  }
  if (seen.has(id)) {
    ctx.note('chain.duplicate_id', `${row}: ${id}`)
    return undefined
  }
  seen.add(id)
  return id
}

interface Members {
  readonly name: string | undefined
  readonly native: Fields
  readonly explorers: readonly { readonly name: string; readonly url: string }[]
  readonly rpc: readonly string[]
  readonly info?: string | undefined
  readonly flags?: readonly string[]
  readonly status?: string | undefined
  readonly testnet?: boolean | undefined
}

function item(
  ctx: CrawlContext,
  { id, row, members }: { id: number; row: string; members: Members },
): SourceItem {
  const { decimals } = members.native
  const isDecimals = typeof decimals === 'number' && Number.isInteger(decimals)
  const chain = `eip155:${id}`
  if (members.name === undefined) ctx.note('chain.no_name', row)
  return {
    entity: `${ctx.dataset}:${chain}`,
    prop: 'chain',
    value: canonicalJson({
      chain,
      name: members.name,
      currency: textOf(members.native, 'name'),
      symbol: textOf(members.native, 'symbol'),
      decimals: isDecimals && decimals >= 0 && decimals <= 255 ? decimals : undefined,
      explorers: notEmpty(members.explorers.map(({ name, url }) => ({ name, url }))),
      rpc: notEmpty(members.rpc),
      info: members.info,
      flags: notEmpty(members.flags ?? []),
      status: members.status,
      testnet: members.testnet,
    }),
    row,
  }
}

function notEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list
}

function ofEthereumLists(ctx: CrawlContext, chain: Fields, row: string): Members {
  const explorers = recordsOf(chain.explorers).map((e) => explorerOf(ctx, e, row))
  const name = textOf(chain, 'name')
  return {
    name,
    native: isRecord(chain.nativeCurrency) ? chain.nativeCurrency : {},
    explorers: explorers.filter((e) => e !== undefined).slice(0, LINKS_MAX),
    rpc: rpcOf(ctx, chain.rpc, row),
    info: linkOf(ctx, chain.infoURL, { row, what: 'info' }),
    flags: textsOf(chain.redFlags),
    status: textOf(chain, 'status'),
    testnet: isTestnet(chain, name),
  }
}

function ofViem(ctx: CrawlContext, chain: Fields, row: string): Members {
  const explorers = isRecord(chain.blockExplorers) ? Object.values(chain.blockExplorers) : []
  const urls = isRecord(chain.rpcUrls) ? chain.rpcUrls.default : undefined
  return {
    name: textOf(chain, 'name'),
    native: isRecord(chain.nativeCurrency) ? chain.nativeCurrency : {},
    explorers: recordsOf(explorers)
      .map((e) => explorerOf(ctx, e, row))
      .filter((e) => e !== undefined)
      .slice(0, LINKS_MAX),
    rpc: rpcOf(ctx, isRecord(urls) ? urls.http : [], row),
    testnet: typeof chain.testnet === 'boolean' ? chain.testnet : undefined,
  }
}

/** SLIP-44 registers coin type 1 for the test networks of every coin; some say it by name only. */
function isTestnet(chain: Fields, name = ''): boolean | undefined {
  if (typeof chain.slip44 === 'number') return chain.slip44 === 1
  return /\b(testnet|devnet)\b/i.test(name) ? true : undefined
}

function explorerOf(ctx: CrawlContext, explorer: Fields, row: string) {
  const url = linkOf(ctx, explorer.url, { row, what: 'explorer' })
  if (url === undefined) return undefined
  return { name: textOf(explorer, 'name') ?? new URL(url).hostname, url }
}

function rpcOf(ctx: CrawlContext, value: unknown, row: string): string[] {
  const found: string[] = []
  for (const url of textsOf(value)) {
    // `${INFURA_API_KEY}` and the like: the address is of no use without the operator's own key.
    if (/\$\{|\{[A-Z_]+\}|<[A-Z_]+>/i.test(url)) ctx.note('chain.rpc_placeholder', `${row}: ${url}`)
    else if (!/^(https|wss):/i.test(url)) ctx.note('chain.rpc_not_tls', `${row}: ${url}`)
    else if (URL.canParse(url)) found.push(url)
    else ctx.note('chain.rpc_bad', `${row}: ${url}`)
  }
  return found.slice(0, LINKS_MAX)
}

function linkOf(ctx: CrawlContext, value: unknown, where: { row: string; what: string }) {
  const text = typeof value === 'string' ? value.trim() : ''
  if (text === '') return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'https:' && url.username === '' && url.password === '') return text
  ctx.note(`chain.${where.what}_not_https`, `${where.row}: ${text.slice(0, 120)}`)
  return undefined
}

function recordsOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

function textsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return []
  return value.filter((v) => typeof v === 'string' && v.trim() !== '').map(String)
}
