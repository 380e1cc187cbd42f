import { LIMITS } from '../../base/limits.ts'
import type { LedgerReader, StatementRow } from '../../ledger/read.ts'
import type { Dataset } from '../../model/dataset.ts'
import { classesOfStatement } from '../../model/screen-class.ts'
import { type ScreeningBook, screeningBookBuilder } from '../../model/screening-book.ts'
import type { DatasetName } from '../../model/statement.ts'
import type { IndexReader } from '../port.ts'
import { knownAt, type Span } from '../span.ts'

export interface CompileBookParams {
  readonly index: IndexReader
  readonly ledger: LedgerReader
  readonly datasets: ReadonlyMap<DatasetName, Dataset>
  /** State of knowledge that the book is of. */
  readonly seq: number
  /** Two random words (`ScreeningBook`). */
  readonly seed: readonly [number, number]
  /** True for a statement that another list has replaced: it puts nobody in a class. */
  readonly isReplaced?: (row: StatementRow) => boolean
  readonly signal?: AbortSignal
}

export interface CompiledBook {
  readonly book: ScreeningBook
  readonly seq: number
  /** Addresses of the index, those without a live statement included. */
  readonly addresses: number
}

const PREFIX = 'a:'
/** Keys per slice: a slice takes a few milliseconds, so whoever follows a chain is not held up. */
const SLICE_KEYS = 200
/** Keys are listed in pages, because a list of millions would be held twice. */
const PAGE_KEYS = 10_000

/**
 * Compiles the screening book from the index: every address with a statement that the newest
 * version held of its list still has, with the classes of all of them. The work is cut into short
 * slices between which the event loop runs; the book in force stays until the new one is whole.
 */
export async function compileScreeningBook(params: CompileBookParams): Promise<CompiledBook> {
  const entries = new Map<string, number>()
  let addresses = 0
  for await (const keys of addressKeys(params.index)) {
    addresses += keys.length
    for (let from = 0; from < keys.length; from += SLICE_KEYS) {
      params.signal?.throwIfAborted()
      await readSlice(params, keys.slice(from, from + SLICE_KEYS), entries)
      await turn()
    }
  }
  const builder = screeningBookBuilder({ capacity: entries.size, seed: params.seed })
  let added = 0
  for (const [address, classes] of entries) {
    builder.add(address, classes)
    added += 1
    if (added % PAGE_KEYS === 0) await turn()
  }
  return { book: builder.finish(), seq: params.seq, addresses }
}

/** All address keys in their order, page by page. */
async function* addressKeys(index: IndexReader): AsyncGenerator<readonly string[]> {
  let page: string[] = []
  for (const key of index.keys()) {
    if (!key.startsWith(PREFIX)) continue
    page.push(key)
    if (page.length < PAGE_KEYS) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

async function readSlice(
  params: CompileBookParams,
  keys: readonly string[],
  entries: Map<string, number>,
): Promise<void> {
  const live = new Map<number, string[]>()
  for (const key of keys) {
    const spans = await params.index.spansOfKey(key, LIMITS.hitsPerKeyMax)
    for (const [sid, own] of spans) {
      if (!isLive(own, params.seq)) continue
      const list = live.get(sid)
      if (list === undefined) live.set(sid, [key])
      else list.push(key)
    }
  }
  const sids = [...live.keys()]
  for (let from = 0; from < sids.length; from += LIMITS.pageRowsMax) {
    const rows = await params.ledger.statements(sids.slice(from, from + LIMITS.pageRowsMax))
    for (const row of rows) {
      if (params.isReplaced?.(row) === true) continue
      for (const key of live.get(row.sid) ?? []) {
        const address = key.slice(PREFIX.length)
        entries.set(address, (entries.get(address) ?? 0) | classesOf(row, params.datasets))
      }
    }
  }
}

function isLive(spans: readonly Span[], seq: number): boolean {
  return knownAt(spans, seq).some((span) => span.to === null)
}

function classesOf(row: StatementRow, datasets: CompileBookParams['datasets']): number {
  const kind = datasets.get(row.dataset)?.kind ?? ''
  return classesOfStatement({ prop: row.prop, value: row.value, kind })
}

/** Lets what waits run first. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
