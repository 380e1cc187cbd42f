import type { ChainStore } from '../chain/store.ts'
import type { BlockRef, ChainBlock, ChainId } from '../chain/types.ts'
import { wantedOf } from '../score/chain/ruleset.ts'
import type { ChainRule, PartyBook, PastFacts, RuleContext } from '../score/chain/types.ts'
import { ChainWindow, summarise, WINDOW_BLOCKS } from '../score/chain/window.ts'

/** Counterparties that a rule compares with; more are an exchange, from whose history nobody copies. */
const COUNTERPARTIES_MAX = 2_000
/** Rows of a stored block that are read for the window in one go. */
const WINDOW_ROWS = 10_000

/** What rules ask of the past: stored blocks below the judged one, and those of the same commit. */
export async function pastOf(
  store: ChainStore,
  rules: readonly ChainRule[],
  context: Omit<RuleContext, 'past'>,
  overlay: Overlay,
): Promise<PastFacts> {
  const { chain, block } = context
  const wanted = wantedOf(rules, context)
  const seen = new Set<string>()
  for (const address of wanted.seen) {
    const known = overlay.has(address) ? undefined : await store.address(chain, address)
    const isBelow = known?.first != null && known.first.block < block.number
    if (overlay.has(address) || isBelow) seen.add(address)
  }
  const counterparties = new Map<string, readonly string[]>()
  for (const address of wanted.counterparties) {
    const { rows } = await store.counterparties(chain, address, COUNTERPARTIES_MAX)
    const known = new Set(rows.map((row) => row.address))
    for (const other of overlay.counterparties(address)) known.add(other)
    counterparties.set(address, [...known].sort())
  }
  return {
    hasSeen: (address) => seen.has(address),
    counterparties: (address) => counterparties.get(address) ?? [],
  }
}

/** What blocks of the same commit, not stored yet, have already shown. */
export class Overlay {
  readonly #counterparties = new Map<string, Set<string>>()

  has(address: string): boolean {
    return this.#counterparties.has(address)
  }

  counterparties(address: string): ReadonlySet<string> {
    return this.#counterparties.get(address) ?? new Set()
  }

  add(block: ChainBlock): void {
    for (const { from, to } of block.transfers) {
      if (from !== null) this.#of(from, to)
      if (to !== null) this.#of(to, from)
    }
  }

  #of(address: string, other: string | null): void {
    const known = this.#counterparties.get(address) ?? new Set()
    if (other !== null) known.add(other)
    this.#counterparties.set(address, known)
  }
}

/** The window that ends at `base`, read from stored blocks; empty where `base` is not stored. */
export async function loadWindow(
  store: ChainStore,
  parties: PartyBook,
  at: { readonly chain: ChainId; readonly base: BlockRef },
): Promise<ChainWindow> {
  const { chain, base } = at
  const window = new ChainWindow()
  const stored = await store.block(chain, base.hash)
  if (stored === undefined || stored.state === 'orphaned') return window
  const from = Math.max(0, base.number - WINDOW_BLOCKS + 1)
  for (let number = from; number <= base.number; number++) {
    const block = await storedBlock(store, { chain, number, isForWindow: true })
    if (block !== undefined) window.push(summarise(block, parties))
    // A thousand blocks take a while: whoever waits for something else goes first.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return window
}

interface StoredAt {
  readonly chain: ChainId
  readonly number: number
  /** The window remembers nothing of transactions: they are left out. */
  readonly isForWindow?: boolean
}

/** A block as it was decoded, read back from the store; undefined where none is stored. */
export async function storedBlock(
  store: ChainStore,
  { chain, number, isForWindow = false }: StoredAt,
): Promise<ChainBlock | undefined> {
  const block = await store.block(chain, number)
  if (block === undefined || block.state === 'orphaned') return undefined
  const transfers = await all((from) =>
    store.transfersIn(chain, number, { from, limit: WINDOW_ROWS }),
  )
  const events = await all((from) => store.eventsIn(chain, number, { from, limit: WINDOW_ROWS }))
  const transactions = isForWindow
    ? []
    : await all((from) => store.transactionsOf(chain, number, { from, limit: WINDOW_ROWS }))
  const { hash, parent, at, coverage } = block
  return { chain, number, hash, parent, at, coverage, transactions, transfers, events }
}

async function all<T>(read: (from: number) => Promise<readonly T[]>): Promise<readonly T[]> {
  const rows: T[] = []
  for (;;) {
    const page = await read(rows.length)
    rows.push(...page)
    if (page.length < WINDOW_ROWS) return rows
  }
}
