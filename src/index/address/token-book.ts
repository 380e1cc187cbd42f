import { LIMITS } from '../../base/limits.ts'
import type { LedgerReader } from '../../ledger/read.ts'
import type { DatasetName, Hash } from '../../model/statement.ts'
import type { IndexReader } from '../port.ts'
import { knownAt, type Span } from '../span.ts'

/** A token as one list has it. */
export interface ListedToken {
  /** CAIP-19, as its key is written. */
  readonly asset: string
  readonly symbol: string
  readonly name: string
  readonly decimals: number
  readonly dataset: DatasetName
  readonly statement: Hash
}

/** Every list's row of each token that lists of one state carry. */
export type TokenBook = ReadonlyMap<string, readonly ListedToken[]>

const PREFIX = 'c:'
const SLICE_KEYS = 200
const DECIMALS_MAX = 255

export interface CompileTokensParams {
  readonly index: IndexReader
  readonly ledger: LedgerReader
  /** State of knowledge that the book is of. */
  readonly seq: number
  readonly signal?: AbortSignal
}

/** Reads every token of the lists in short slices, between which the event loop runs. */
export async function compileTokenBook(params: CompileTokensParams): Promise<TokenBook> {
  const book = new Map<string, ListedToken[]>()
  const keys: string[] = []
  for (const key of params.index.keys()) if (key.startsWith(PREFIX)) keys.push(key)
  for (let from = 0; from < keys.length; from += SLICE_KEYS) {
    params.signal?.throwIfAborted()
    await readSlice(params, keys.slice(from, from + SLICE_KEYS), book)
    await new Promise((resolve) => setImmediate(resolve))
  }
  for (const rows of book.values()) rows.sort((a, b) => (a.dataset < b.dataset ? -1 : 1))
  return book
}

async function readSlice(
  { index, ledger, seq }: CompileTokensParams,
  keys: readonly string[],
  book: Map<string, ListedToken[]>,
): Promise<void> {
  const keyOf = new Map<number, string>()
  for (const key of keys) {
    const spans = await index.spansOfKey(key, LIMITS.hitsPerKeyMax)
    for (const [sid, own] of spans) if (isLive(own, seq)) keyOf.set(sid, key)
  }
  const sids = [...keyOf.keys()]
  for (let from = 0; from < sids.length; from += LIMITS.pageRowsMax) {
    for (const row of await ledger.statements(sids.slice(from, from + LIMITS.pageRowsMax))) {
      if (row.prop !== 'token') continue
      const asset = (keyOf.get(row.sid) ?? '').slice(PREFIX.length)
      const token = tokenOf(row.value)
      if (token === undefined) continue
      const rows = book.get(asset) ?? []
      rows.push({ asset, ...token, dataset: row.dataset, statement: row.id })
      book.set(asset, rows)
    }
  }
}

/** A row without decimals cannot say an amount; one without a symbol has no name to be shown by. */
function tokenOf(value: string): Pick<ListedToken, 'symbol' | 'name' | 'decimals'> | undefined {
  try {
    const { symbol, name, decimals } = JSON.parse(value) as Record<string, unknown>
    const isCount = typeof decimals === 'number' && Number.isInteger(decimals) && decimals >= 0
    if (typeof symbol !== 'string' || symbol === '' || !isCount || decimals > DECIMALS_MAX) {
      return undefined
    }
    return { symbol, decimals, name: typeof name === 'string' ? name : symbol }
  } catch {
    return undefined
  }
}

function isLive(spans: readonly Span[], seq: number): boolean {
  return knownAt(spans, seq).some((span) => span.to === null)
}
