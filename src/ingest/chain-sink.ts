import type { BlockSink } from '../chain/follow.ts'
import { BLOCKS, type BlockRange, type ChainHalt, type RuleRef } from '../chain/read.ts'
import type { Applied, ChainStore } from '../chain/store.ts'
import type { AlertRow, BlockRef, ChainBlock, ChainId, HotUpdate } from '../chain/types.ts'
import type { BookShelf } from '../model/screening-book.ts'
import { type DraftAlert, judgeBlock } from '../score/chain/ruleset.ts'
import type { AssetFacts, ChainRule, PartyBook } from '../score/chain/types.ts'
import { type ChainWindow, summarise } from '../score/chain/window.ts'
import { loadWindow, Overlay, pastOf, storedBlock } from './chain-past.ts'

/** Blocks that are judged again in one go: the follower waits no longer than for these. */
const RESCORE_BLOCKS = 8

export interface ChainSinkPorts {
  readonly store: ChainStore
  readonly rules: readonly ChainRule[]
  /** The book in force; one block is judged by one book. */
  readonly shelf: Pick<BookShelf, 'current'>
  readonly asset: (chain: ChainId, token: string | null) => AssetFacts | undefined
  /** Ids of the statements that give an address its classes, for the alerts that they caused. */
  readonly statementsOf: (chain: ChainId, address: string) => Promise<readonly string[]>
  /** Told of every change that reached the store. */
  readonly onApplied?: ((chain: ChainId, applied: Applied) => void) | undefined
}

/**
 * Stands between a follower and the store: every block is judged before it is stored, and its rows,
 * alerts and coverage are committed together. Blocks that go are taken back first, so that the
 * rules see what is left of the chain and nothing else: the alerts of a chain that was reorganised
 * are those of the canonical chain alone. Changes of one chain come one after the other.
 */
export class ChainSink implements BlockSink {
  readonly #ports: ChainSinkPorts
  readonly #rules: readonly ChainRule[]
  readonly #refs: readonly RuleRef[]
  /** The window at the head of each chain, and the one at the end of its backfill. */
  readonly #heads = new Map<ChainId, ChainWindow>()
  readonly #fills = new Map<ChainId, ChainWindow>()
  readonly #last = new Map<ChainId, Promise<unknown>>()

  constructor(ports: ChainSinkPorts) {
    this.#ports = ports
    this.#rules = ports.rules
    this.#refs = refsOf(ports.rules)
  }

  apply(update: HotUpdate): Promise<void> {
    return this.#inTurn(update.chain, () => this.#apply(update))
  }

  fill(chain: ChainId, blocks: readonly ChainBlock[]): Promise<void> {
    return this.#inTurn(chain, async () => {
      for (const part of await this.#fresh(chain, blocks)) await this.#fill(chain, part)
    })
  }

  /** Blocks that were read anew: what needs their own past is not asked a second time. */
  restate(chain: ChainId, blocks: readonly ChainBlock[]): Promise<void> {
    return this.#inTurn(chain, async () => {
      const rules = this.#rules.filter(({ needsHistory }) => needsHistory !== true)
      for (const block of blocks) {
        const window = await this.#load(chain, { number: block.number - 1, hash: block.parent })
        const alerts = await this.#judge([block], window, rules)
        const commit = { chain, blocks: [block], alerts, rules: refsOf(rules) }
        this.#tell(chain, await this.#ports.store.restate(commit))
      }
      this.#heads.delete(chain)
    })
  }

  /**
   * Judges stored blocks again after lists changed, a few at a time, so that following goes on
   * meanwhile: alerts that no longer fire are retracted, new ones are raised, what stays keeps its
   * id. Gives the number of blocks.
   */
  async rescore(chain: ChainId, range: BlockRange, signal: AbortSignal): Promise<number> {
    const rules = this.#rules.filter(({ needsHistory }) => needsHistory !== true)
    const below = await this.#ports.store.block(chain, range.from - 1)
    // Read before the first turn: blocks below are final or will be read again if they are not.
    let window = below === undefined ? undefined : await this.#load(chain, below)
    let done = 0
    for (let from = range.from; from <= range.to && !signal.aborted; from += RESCORE_BLOCKS) {
      const to = Math.min(range.to, from + RESCORE_BLOCKS - 1)
      await this.#inTurn(chain, async () => {
        const blocks = await this.#stored(chain, { from, to })
        const [first, last] = [blocks[0], blocks.at(-1)]
        if (first === undefined || last === undefined) return
        const base = { number: first.number - 1, hash: first.parent }
        if (window?.head?.hash !== base.hash) window = await this.#load(chain, base)
        const alerts = await this.#judge(blocks, window, rules)
        const judged = { from: first.number, to: last.number }
        const commit = { chain, range: judged, alerts, rules: refsOf(rules).slice(1) }
        this.#tell(chain, await this.#ports.store.rescore(commit))
        done += blocks.length
        // It was made by the newer book: the next block is judged with it.
        const head = this.#heads.get(chain)?.head
        if (head !== undefined && head.hash === window.head?.hash) this.#heads.set(chain, window)
      })
    }
    return done
  }

  /** The operator's word: blocks above `number` go, final or not, and the halt with them. */
  rewind(chain: ChainId, number: number): Promise<Applied> {
    return this.#inTurn(chain, async () => {
      // What the windows saw is no longer so; they are made anew from what is left.
      this.#heads.delete(chain)
      this.#fills.delete(chain)
      const applied = await this.#ports.store.rewind(chain, number)
      this.#tell(chain, applied)
      return applied
    })
  }

  hot(chain: ChainId): Promise<readonly BlockRef[]> {
    return this.#ports.store.hot(chain)
  }

  gaps(chain: ChainId, range: BlockRange): Promise<readonly BlockRange[]> {
    return this.#ports.store.gaps(chain, BLOCKS, range)
  }

  async rereads(chain: ChainId, limit: number): Promise<readonly BlockRef[]> {
    const refs: BlockRef[] = []
    for (const { number } of await this.#ports.store.rereads(chain, limit)) {
      const block = await this.#ports.store.block(chain, number)
      if (block !== undefined) refs.push({ number, hash: block.hash })
    }
    return refs
  }

  halt(chain: ChainId, halt: ChainHalt): Promise<void> {
    return this.#ports.store.halt(chain, halt)
  }

  async halted(chain: ChainId): Promise<ChainHalt | null> {
    return (await this.#ports.store.state(chain))?.halted ?? null
  }

  async #apply(update: HotUpdate): Promise<void> {
    const { chain, baseHead, blocks, finalizedHead } = update
    const { store } = this.#ports
    const head = (await store.state(chain))?.head
    const window = await this.#windowAt(chain, baseHead)
    if (head != null && head.hash !== baseHead.hash && blocks.length > 0) {
      // Finality moves with the last commit: the base may lie below the newly final block.
      const rewound = { ...update, blocks: [], finalizedHead: lower(finalizedHead, baseHead) }
      const commit = { update: rewound, alerts: [], rules: this.#refs }
      this.#tell(chain, await store.apply(commit))
    }
    try {
      const alerts = await this.#judge(blocks, window, this.#rules)
      this.#tell(chain, await store.apply({ update, alerts, rules: this.#refs }))
    } catch (error) {
      // What was not stored was not seen: the window is made anew from what is.
      this.#heads.delete(chain)
      throw error
    }
    await this.#queuePoor(chain, blocks)
  }

  async #fill(chain: ChainId, blocks: readonly ChainBlock[]): Promise<void> {
    const [first] = blocks
    if (first === undefined) return
    const base = { number: first.number - 1, hash: first.parent }
    const held = this.#fills.get(chain)
    const window = held?.head?.hash === base.hash ? held : await this.#load(chain, base)
    this.#fills.delete(chain)
    const alerts = await this.#judge(blocks, window, this.#rules)
    const commit = { chain, blocks, alerts, rules: this.#refs }
    this.#tell(chain, await this.#ports.store.fill(commit))
    this.#fills.set(chain, window)
    await this.#queuePoor(chain, blocks)
  }

  /** Stretches that are not stored yet: what is stored was judged, and its past was another. */
  async #fresh(
    chain: ChainId,
    blocks: readonly ChainBlock[],
  ): Promise<readonly (readonly ChainBlock[])[]> {
    const parts: ChainBlock[][] = []
    let isOpen = false
    for (const block of blocks) {
      const stored = await this.#ports.store.block(chain, block.hash)
      const isStored = stored !== undefined && stored.state !== 'orphaned'
      const part = parts.at(-1)
      const isNext = isOpen && part?.at(-1)?.hash === block.parent
      if (isStored) isOpen = false
      else if (isNext && part !== undefined) part.push(block)
      else {
        parts.push([block])
        isOpen = true
      }
    }
    return parts
  }

  /** What lacks receipts may be completed later, by an endpoint that serves them. */
  async #queuePoor(chain: ChainId, blocks: readonly ChainBlock[]): Promise<void> {
    const poor = blocks.filter(({ coverage }) => !coverage.receipts && chain.startsWith('eip155:'))
    if (poor.length === 0) return
    const numbers = poor.map(({ number }) => number)
    await this.#ports.store.queueReread(chain, numbers, 'receipts')
  }

  async #stored(chain: ChainId, { from, to }: BlockRange): Promise<readonly ChainBlock[]> {
    const blocks: ChainBlock[] = []
    for (let number = from; number <= to; number++) {
      const block = await storedBlock(this.#ports.store, { chain, number })
      if (block !== undefined) blocks.push(block)
    }
    return blocks
  }

  async #judge(
    blocks: readonly ChainBlock[],
    window: ChainWindow,
    rules: readonly ChainRule[],
  ): Promise<readonly AlertRow[]> {
    const { shelf, store } = this.#ports
    const parties: PartyBook = shelf.current()
    const overlay = new Overlay()
    const alerts: AlertRow[] = []
    for (const block of blocks) {
      const { chain } = block
      const asset = (token: string | null) => this.#ports.asset(chain, token)
      const context = { chain, block, parties, asset, window }
      const past = await pastOf(store, rules, context, overlay)
      for (const draft of judgeBlock(rules, { ...context, past })) {
        alerts.push(await this.#proven(draft))
      }
      window.push(summarise(block, parties))
      overlay.add(block)
    }
    return alerts
  }

  async #proven({ causes, ...draft }: DraftAlert): Promise<AlertRow> {
    const ids = new Set<string>()
    for (const address of new Set(causes)) {
      for (const id of await this.#ports.statementsOf(draft.chain, address)) ids.add(id)
    }
    return { ...draft, statements: [...ids].sort() }
  }

  /** The window that ends at a block: the held one, rewound, else one read from the store. */
  async #windowAt(chain: ChainId, base: BlockRef): Promise<ChainWindow> {
    const held = this.#heads.get(chain)
    if (held?.head !== undefined && held.rewind(base) && held.head?.hash === base.hash) return held
    const window = await this.#load(chain, base)
    this.#heads.set(chain, window)
    return window
  }

  #load(chain: ChainId, base: BlockRef): Promise<ChainWindow> {
    return loadWindow(this.#ports.store, this.#ports.shelf.current(), { chain, base })
  }

  #tell(chain: ChainId, applied: Applied): void {
    this.#ports.onApplied?.(chain, applied)
  }

  #inTurn<T>(chain: ChainId, work: () => Promise<T>): Promise<T> {
    const turn = (this.#last.get(chain) ?? Promise.resolve()).then(work)
    this.#last.set(
      chain,
      turn.catch(() => {}),
    )
    return turn
  }
}

function refsOf(rules: readonly ChainRule[]): readonly RuleRef[] {
  return [BLOCKS, ...rules.map(({ id, version }) => ({ rule: id, version }))]
}

function lower(a: BlockRef, b: BlockRef): BlockRef {
  return a.number <= b.number ? a : b
}
