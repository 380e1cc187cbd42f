import type { LedgerReader, StatementRow } from '../../ledger/read.ts'
import type { Dataset } from '../../model/dataset.ts'
import { classesOfStatement } from '../../model/screen-class.ts'
import { type ScreeningBook, screeningBookBuilder } from '../../model/screening-book.ts'
import type { DatasetName } from '../../model/statement.ts'
import type { Ident, IndexReader } from '../port.ts'
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
/** Statements per slice: a slice takes a few milliseconds, so whoever follows is not held up. */
const SLICE = 200
const PAGE = 2_000
/** Entries that are added to the table between two turns. */
const ADDED = 10_000

/**
 * Compiles the screening book from the index: every address with a statement that the newest
 * version held of its list still has, with the classes of all of them. The work is cut into short
 * slices between which the event loop runs; the book in force stays until the new one is whole.
 *
 * Statements are read in their own order, not in that of the addresses: neighbours stand on one
 * page of the stores, so that each page is read once.
 */
export async function compileScreeningBook(params: CompileBookParams): Promise<CompiledBook> {
  const { idents, addresses } = await identsOf(params)
  const entries = new Map<string, number>()
  for (let from = 0; from < idents.length; from += SLICE) {
    params.signal?.throwIfAborted()
    await readSlice(params, idents.slice(from, from + SLICE), entries)
    await turn()
  }
  const builder = screeningBookBuilder({ capacity: entries.size, seed: params.seed })
  let added = 0
  for (const [address, classes] of entries) {
    builder.add(address, classes)
    added += 1
    if (added % ADDED === 0) await turn()
  }
  return { book: builder.finish(), seq: params.seq, addresses }
}

/** What is filed under addresses, in the order of statements; and how many addresses there are. */
async function identsOf({ index, signal }: CompileBookParams) {
  const idents: Ident[] = []
  let addresses = 0
  for (let after: Ident | undefined; ; after = idents.at(-1)) {
    signal?.throwIfAborted()
    const page = await index.identsFrom(PREFIX, after, PAGE)
    for (const ident of page) {
      if (ident.key !== idents.at(-1)?.key) addresses += 1
      idents.push(ident)
    }
    if (page.length < PAGE) break
    await turn()
  }
  return { idents: idents.sort((a, b) => a.sid - b.sid), addresses }
}

async function readSlice(
  params: CompileBookParams,
  idents: readonly Ident[],
  entries: Map<string, number>,
): Promise<void> {
  const spans = await params.index.spansOf([...new Set(idents.map(({ sid }) => sid))])
  const live = idents.filter(({ sid }) => isLive(spans.get(sid) ?? [], params.seq))
  const sids = [...new Set(live.map(({ sid }) => sid))]
  const classes = new Map<number, number>()
  for (const row of await params.ledger.statements(sids)) {
    if (params.isReplaced?.(row) === true) continue
    classes.set(row.sid, classesOf(row, params.datasets))
  }
  for (const { key, sid } of live) {
    const address = key.slice(PREFIX.length)
    const all = (entries.get(address) ?? 0) | (classes.get(sid) ?? 0)
    if (all !== 0) entries.set(address, all)
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
