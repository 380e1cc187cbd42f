import { assert } from '../base/assert.ts'
import type { Clock } from '../base/clock.ts'
import { AppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import type { BackfillProgress, BlockSink, BlockSource } from './follow.ts'
import type { BlockRange } from './read.ts'
import type { BlockRef } from './types.ts'

interface BackfillOptions {
  readonly source: BlockSource
  readonly sink: BlockSink
  readonly clock: Clock
  /** Null: nothing is wanted below the head. */
  readonly range: BlockRange | null
  retried<T>(work: () => Promise<T>): Promise<T | undefined>
  onChange(): void
}

/** The rate is that of the last while, so that the time left follows what happens now. */
const RATE_WINDOW_MS = 20_000

/**
 * Fills what is missing below the head, oldest first. It keeps no cursor of its own: the gaps of
 * the coverage record are what is left to do, so a stop anywhere loses nothing and doubles nothing.
 */
export class Backfill {
  readonly #options: BackfillOptions
  #done = 0
  #total = 0
  #marks: { readonly ms: number; readonly done: number }[] = []

  constructor(options: BackfillOptions) {
    assert(options.range === null || options.range.from >= 0, 'a chain begins at block 0')
    this.#options = options
  }

  get progress(): BackfillProgress | null {
    if (this.#options.range === null || this.#total === 0) return null
    const [first, last] = [this.#marks[0], this.#marks.at(-1)]
    const ms = first === undefined || last === undefined ? 0 : last.ms - first.ms
    const rate = ms === 0 ? 0 : ((last?.done ?? 0) - (first?.done ?? 0)) / (ms / 1_000)
    const left = this.#total - this.#done
    return {
      done: this.#done,
      total: this.#total,
      blocksPerSecond: Math.round(rate * 10) / 10,
      secondsLeft: left === 0 ? 0 : rate === 0 ? null : Math.ceil(left / rate),
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    const { range, source, sink, retried } = this.#options
    if (range === null || range.from > range.to) return
    const gaps = (await retried(() => sink.gaps(source.chain, range))) ?? []
    if (signal.aborted) return
    const missing = gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0)
    this.#total = range.to - range.from + 1
    this.#done = this.#total - missing
    this.#mark()
    for (const gap of gaps) {
      let next = gap.from
      while (next <= gap.to && !signal.aborted) {
        // The rest of the gap is asked for anew after a fault: what is stored is not read again.
        await retried(async () => {
          for await (const end of this.#fill({ from: next, to: gap.to }, signal)) next = end + 1
        })
      }
    }
  }

  /** Gives the last block of each batch that is stored. */
  async *#fill(range: BlockRange, signal: AbortSignal): AsyncGenerator<number> {
    const { source, sink } = this.#options
    const to = await this.#refAt(range.to, signal)
    for await (const batch of source.range(range.from, to, signal)) {
      const last = batch.at(-1)
      if (last === undefined) continue
      batch.forEach((block, at) => {
        const previous = batch[at - 1]
        if (previous !== undefined && block.parent !== previous.hash) throw notLinked(block)
      })
      await sink.fill(source.chain, batch)
      this.#done += batch.length
      this.#mark()
      this.#options.onChange()
      yield last.number
      signal.throwIfAborted()
    }
  }

  async #refAt(number: number, signal: AbortSignal): Promise<BlockRef> {
    const opinions = await this.#options.source.opinions(number, signal)
    const hash = opinions.find((opinion) => opinion.hash !== null)?.hash
    if (hash == null) {
      throw new AppError('rpc.not_found', 'The endpoint does not have the block.', {
        retryable: true,
        params: { number },
      })
    }
    return { number, hash }
  }

  #mark(): void {
    const ms = this.#options.clock.nowMs()
    this.#marks.push({ ms, done: this.#done })
    while (this.#marks.length > LIMITS.chainBatchBlocksMax) this.#marks.shift()
    while ((this.#marks[1]?.ms ?? ms) < ms - RATE_WINDOW_MS) this.#marks.shift()
  }
}

function notLinked(block: BlockRef): AppError {
  return new AppError('chain.not_linked', 'The blocks that were given do not follow each other.', {
    retryable: true,
    params: { number: block.number },
  })
}
