import { assert } from '../base/assert.ts'
import type { Clock } from '../base/clock.ts'
import { AppError, asAppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import { Backfill } from './backfill.ts'
import type { EndpointState } from './endpoint.ts'
import { finalityOf } from './finality.ts'
import { createHead, type HeadCore, type Heads } from './head.ts'
import type { BlockRange, ChainHalt } from './read.ts'
import type { BlockRef, ChainBlock, ChainId, HotUpdate } from './types.ts'

/** Where blocks come from: an EVM node, a Bitcoin node, a simulated world. */
export interface BlockSource {
  readonly chain: ChainId
  readonly endpoints: readonly EndpointState[]
  heads(signal: AbortSignal): Promise<Heads>
  /** Batches in order; what is not read is not asked for. */
  range(from: number, to: BlockRef, signal: AbortSignal): AsyncIterable<readonly ChainBlock[]>
  byHash(ref: BlockRef, signal: AbortSignal): Promise<ChainBlock>
  /** What each endpoint holds at a number; null: no answer. */
  opinions(number: number, signal: AbortSignal): Promise<readonly Opinion[]>
  /** False: no endpoint serves receipts, and blocks come with their logs alone. */
  readonly servesReceipts: boolean
  /** Notes that an endpoint contradicted what the others agree on. */
  distrust(endpoint: string, error: AppError): void
  close(): Promise<void>
}

export interface Opinion {
  readonly endpoint: string
  readonly hash: string | null
}

/** Where blocks go: judged, committed whole. `ingest/` puts its rules between this and a store. */
export interface BlockSink {
  apply(update: HotUpdate): Promise<void>
  /** Final blocks below the stretch that follows the head. */
  fill(chain: ChainId, blocks: readonly ChainBlock[]): Promise<void>
  hot(chain: ChainId): Promise<readonly BlockRef[]>
  /** Ranges of `range` that are not stored. */
  gaps(chain: ChainId, range: BlockRange): Promise<readonly BlockRange[]>
  /** Stored blocks that are to be read anew, oldest first. */
  rereads(chain: ChainId, limit: number): Promise<readonly BlockRef[]>
  /** Puts blocks that were read anew in the place of the same blocks. */
  restate(chain: ChainId, blocks: readonly ChainBlock[]): Promise<void>
  halt(chain: ChainId, halt: ChainHalt): Promise<void>
  halted(chain: ChainId): Promise<ChainHalt | null>
}

export interface FollowOptions {
  readonly source: BlockSource
  readonly sink: BlockSink
  readonly clock: Clock
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  readonly log: Log
  /** First block wanted; without it following starts at the final block. */
  readonly from?: number | undefined
  /** Last block wanted: following stops there. */
  readonly to?: number | undefined
  readonly onProgress?: (progress: FollowProgress) => void
  /** Milliseconds between questions for the head, unless news of one come first. */
  readonly pollMs?: number | undefined
}

export interface FollowProgress {
  readonly chain: ChainId
  readonly state: 'starting' | 'following' | 'waiting' | 'stalled' | 'halted' | 'done'
  readonly head: BlockRef | null
  readonly finalized: BlockRef | null
  readonly best: number | null
  readonly backfill: BackfillProgress | null
  readonly endpoints: readonly EndpointState[]
  /** Code of the last fault, null since the last success. */
  readonly error: string | null
}

export interface BackfillProgress {
  readonly done: number
  readonly total: number
  readonly blocksPerSecond: number
  readonly secondsLeft: number | null
}

/** Pages are asked often enough to be live, and no oftener than a node would notice. */
const POLL_MS = 250
const PAUSE_MS = 500
const PAUSE_MS_MAX = 30_000
/** Blocks come late now and then; three block times without one is a stall, a minute always is. */
const STALL_BLOCKS = 3
const STALL_MS_MAX = 60_000
const STALL_MS_MIN = 5_000

/** Blocks that lack receipts are tried again now and then, few at a time: the head comes first. */
const REREAD_MS = 60_000
const REREAD_BLOCKS = 20

/** Faults after which only an operator, or a larger disk, can help. */
const FATAL = new Set([
  'chain.deep_reorg',
  'chain.finality_stalled',
  'chain.final_rewind',
  'chain.store_full',
  'chain.store_damaged',
])
/** Of these the ones that the chain itself caused: written down until an operator decides. */
const HALTING = new Set(['chain.deep_reorg', 'chain.finality_stalled', 'chain.final_rewind'])

/** Follows one chain: backfill and head at once, each resuming from what is stored. */
export class Follower {
  readonly #options: FollowOptions
  readonly #chain: ChainId
  #core: HeadCore | undefined
  #backfill: Backfill | undefined
  #state: FollowProgress['state'] = 'starting'
  #best: number | null = null
  #error: string | null = null
  #movedMs: number
  #rereadMs = 0
  #wake: (() => void) | undefined

  constructor(options: FollowOptions) {
    const { from, to } = options
    assert(from === undefined || from >= 0, 'a chain begins at block 0')
    assert(from === undefined || to === undefined || from <= to, 'a range goes upwards')
    this.#options = options
    this.#chain = options.source.chain
    this.#movedMs = options.clock.nowMs()
  }

  get progress(): FollowProgress {
    return {
      chain: this.#chain,
      state: this.#state,
      head: this.#core?.head ?? null,
      finalized: this.#core?.finalized ?? null,
      best: this.#best,
      backfill: this.#backfill?.progress ?? null,
      endpoints: this.#options.source.endpoints,
      error: this.#error,
    }
  }

  /** News of a new head: the pause ends at once. */
  wake(): void {
    this.#wake?.()
  }

  /**
   * Runs until `to` is reached or the signal aborts. Throws where going on would be wrong:
   * `chain.halted`, `chain.deep_reorg`, `chain.finality_stalled`, `chain.store_full`.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { sink } = this.#options
    const halted = await this.#retried(signal, () => sink.halted(this.#chain))
    if (signal.aborted) return
    if (halted != null) {
      this.#state = 'halted'
      throw new AppError('chain.halted', 'The chain waits for a decision of the operator.', {
        params: { code: halted.code },
      })
    }
    const stop = new AbortController()
    const either = AbortSignal.any([signal, stop.signal])
    try {
      const core = await this.#start(either)
      if (core === undefined) return
      const both = [this.#followHead(core, either), this.#fillIn(either)]
      // Whichever fails first ends the other; both are over before this is.
      await Promise.all(both.map((task) => task.catch((error) => this.#stop(stop, error))))
      if (stop.signal.aborted) throw stop.signal.reason
    } finally {
      if (!signal.aborted && this.#state !== 'halted' && this.#error === null) this.#state = 'done'
      this.#report()
    }
  }

  #stop(stop: AbortController, error: unknown): void {
    if (!stop.signal.aborted) stop.abort(error)
  }

  /** The head core over what is stored, or over the block on which following starts. */
  async #start(signal: AbortSignal): Promise<HeadCore | undefined> {
    const { sink, from } = this.#options
    let refs = await this.#retried(signal, () => sink.hot(this.#chain))
    if (refs === undefined) return undefined
    if (refs.length === 0) {
      const anchor = await this.#retried(signal, () => this.#anchor(signal))
      if (anchor === undefined) return undefined
      refs = [anchor]
    }
    const core = this.#newCore(refs)
    this.#core = core
    this.#backfill = new Backfill({
      ...this.#options,
      range: from === undefined ? null : { from, to: this.#lastWanted(refs[0] as BlockRef) },
      retried: (work) => this.#retried(signal, work),
      onChange: () => this.#report(),
    })
    return core
  }

  #lastWanted(final: BlockRef): number {
    return Math.min(this.#options.to ?? final.number, final.number)
  }

  /**
   * The final block: following starts on it, and its child says what its hash is. What is wanted
   * from further below is filled in; a first block that is not final yet comes with the few below.
   */
  async #anchor(signal: AbortSignal): Promise<BlockRef | undefined> {
    const { source, from } = this.#options
    const { best, finalized } = await source.heads(signal)
    this.#best = best.number
    if (from !== undefined && from > best.number) {
      throw new AppError('chain.not_yet', 'The chain has not come to the first block wanted.', {
        retryable: true,
        params: { best: best.number, from },
      })
    }
    const { number, hash } = finalized
    if (hash !== null) return { number, hash }
    const opinions = await source.opinions(number, signal)
    const found = opinions.find((opinion) => opinion.hash !== null)?.hash
    if (found == null) throw notFound(number)
    return { number, hash: found }
  }

  #newCore(refs: readonly BlockRef[]): HeadCore {
    const { source, sink } = this.#options
    const chain = this.#chain
    return createHead<ChainBlock>({
      refs,
      refsMax: LIMITS.chainHotBlocksMax,
      range: (from, to, signal) => source.range(from, to, signal),
      byHash: (ref, signal) => source.byHash(ref, signal),
      emit: async (update) => {
        await sink.apply({ chain, ...update })
        this.#movedMs = this.#options.clock.nowMs()
        this.#report()
      },
    })
  }

  async #followHead(core: HeadCore, signal: AbortSignal): Promise<void> {
    const { to } = this.#options
    while (!signal.aborted) {
      if (to !== undefined && core.head.number >= to) return
      await this.#retried(signal, () => this.#step(core, signal))
      if (signal.aborted) return
      if (to !== undefined && core.head.number >= to) return
      await this.#retried(signal, () => this.#reread(signal))
      await this.#pause(this.#options.pollMs ?? POLL_MS, signal)
    }
  }

  /** What was stored without receipts is completed when an endpoint serves them. */
  async #reread(signal: AbortSignal): Promise<void> {
    const { source, sink, clock } = this.#options
    if (!source.servesReceipts || clock.nowMs() < this.#rereadMs) return
    this.#rereadMs = clock.nowMs() + REREAD_MS
    for (const ref of await sink.rereads(this.#chain, REREAD_BLOCKS)) {
      const block = await source.byHash(ref, signal)
      if (block.coverage.receipts) await sink.restate(this.#chain, [block])
    }
  }

  async #step(core: HeadCore, signal: AbortSignal): Promise<void> {
    const heads = await this.#options.source.heads(signal)
    this.#best = heads.best.number
    const moved = await core.goto(await this.#upTo(heads, signal), signal)
    this.#error = null
    this.#noteStall(moved)
  }

  /** With a last block, the chain ends there. */
  async #upTo(heads: Heads, signal: AbortSignal): Promise<Heads> {
    const { to, source } = this.#options
    if (to === undefined || heads.best.number <= to) return heads
    const found = (await source.opinions(to, signal)).find(({ hash }) => hash !== null)
    if (found?.hash == null) throw notFound(to)
    const isFinal = heads.finalized.number >= to
    const finalized = isFinal ? { number: to, hash: null } : heads.finalized
    return { best: { number: to, hash: found.hash }, finalized }
  }

  #noteStall(moved: 'updated' | 'unchanged' | 'lagging'): void {
    const { clock, log } = this.#options
    const { blockMs } = finalityOf(this.#chain)
    const limitMs = Math.max(STALL_MS_MIN, Math.min(STALL_BLOCKS * blockMs, STALL_MS_MAX))
    const ageMs = clock.nowMs() - this.#movedMs
    const isStalled = moved !== 'updated' && ageMs > limitMs
    if (isStalled && this.#state !== 'stalled') {
      log.error({ chain: this.#chain, ageMs }, 'no new block: the chain or its endpoints stall')
    }
    this.#state = isStalled ? 'stalled' : moved === 'lagging' ? 'waiting' : 'following'
    if (moved !== 'updated') this.#report()
  }

  async #fillIn(signal: AbortSignal): Promise<void> {
    await this.#backfill?.run(signal)
  }

  /** Again and again with longer pauses, until it works or going on would be wrong. */
  async #retried<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T | undefined> {
    for (let pauseMs = PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, PAUSE_MS_MAX)) {
      try {
        signal.throwIfAborted()
        return await work()
      } catch (cause) {
        if (signal.aborted) return undefined
        const error = asAppError(cause)
        this.#error = error.code
        await this.#decide(error, signal)
        this.#report()
      }
      await this.#pause(pauseMs, signal)
    }
  }

  /** Throws when following must end; else the fault passes. */
  async #decide(error: AppError, signal: AbortSignal): Promise<void> {
    const { log, sink, clock } = this.#options
    const fields = { chain: this.#chain, code: error.code, params: error.params }
    if (error.code === 'internal.error' || error.code === 'rpc.method') throw error
    if (!FATAL.has(error.code)) {
      log.warn(fields, 'following waits')
      return
    }
    if (error.code === 'chain.deep_reorg' && (await this.#isLie(error, signal))) return
    log.error(fields, 'following has stopped')
    if (HALTING.has(error.code)) {
      this.#state = 'halted'
      const halt = { code: error.code, atMs: clock.nowMs(), params: error.params }
      // A store that does not take the note must not hide why following ends: the next start
      // comes upon the same fork and stops again.
      await sink.halt(this.#chain, halt).catch((fault: unknown) => {
        log.error({ ...fields, fault: asAppError(fault).code }, 'the halt could not be noted')
      })
    }
    throw error
  }

  /**
   * A deep reorganisation is a claim against what was final. When another endpoint still holds the
   * final block, those that do not are wrong, and are named; the chain goes on without them.
   */
  async #isLie(error: AppError, signal: AbortSignal): Promise<boolean> {
    const { source } = this.#options
    const final = this.#core?.finalized
    if (final === undefined) return false
    const opinions = await source.opinions(final.number, signal)
    if (!opinions.some(({ hash }) => hash === final.hash)) return false
    for (const { endpoint, hash } of opinions) {
      if (hash !== null && hash !== final.hash) source.distrust(endpoint, error)
    }
    return true
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController()
    this.#wake = () => woken.abort()
    try {
      await this.#options.sleep(ms, AbortSignal.any([signal, woken.signal]))
    } catch {
      // Woken or ended: the caller looks at its signal.
    } finally {
      this.#wake = undefined
    }
  }

  #report(): void {
    this.#options.onProgress?.(this.progress)
  }
}

function notFound(number: number): AppError {
  return new AppError('rpc.not_found', 'The endpoint does not have the block.', {
    status: 502,
    retryable: true,
    params: { number },
  })
}
