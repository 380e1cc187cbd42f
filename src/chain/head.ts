import { assert } from '../base/assert.ts'
import { AppError } from '../base/error.ts'
import type { BlockHeader, BlockRef } from './types.ts'

/** What a source says about its chain at one moment. */
export interface Heads {
  readonly best: BlockRef
  /** Hash null: a depth rule gave the number, and the hash is that of the block held there. */
  readonly finalized: { readonly number: number; readonly hash: string | null }
}

/** Rewind to `baseHead`, apply `blocks`, then all up to `finalizedHead` is final. */
export interface HeadUpdate<B extends BlockHeader> {
  readonly baseHead: BlockRef
  readonly blocks: readonly B[]
  readonly finalizedHead: BlockRef
}

export interface HeadOptions<B extends BlockHeader> {
  /** From the final block to the head, each the parent of the next; at least one. */
  readonly refs: readonly BlockRef[]
  /** References kept in memory; more means that finality has stopped, and following halts. */
  readonly refsMax: number
  /**
   * Batches of consecutive blocks from number `from` to `to`, as the source sees them now. The
   * core checks every link itself; a source may end early, and the rest is asked for next time.
   */
  range(from: number, to: BlockRef, signal: AbortSignal): AsyncIterable<readonly B[]>
  /** The block with exactly this hash. */
  byHash(ref: BlockRef, signal: AbortSignal): Promise<B>
  /** Resolves when the update is kept; until then the core stays where it was. */
  emit(update: HeadUpdate<B>): Promise<void>
}

export type Followed = 'updated' | 'unchanged' | 'lagging'

export interface HeadCore {
  readonly head: BlockRef
  readonly finalized: BlockRef
  readonly refs: readonly BlockRef[]
  /**
   * Moves to what the source says. `lagging`: the source is behind the head that is held, and is
   * waited for; it is never rewound to. Throws `chain.bad_heads`, `chain.not_linked` and
   * `chain.finality_mismatch` (retryable: the source contradicts itself) and `chain.deep_reorg`,
   * `chain.finality_stalled` (not retryable: an operator decides). Calls must not overlap.
   */
  goto(heads: Heads, signal: AbortSignal): Promise<Followed>
}

/**
 * The core of following a chain. It owns the references of the blocks that are not final and
 * nothing else: blocks come from the options and go to the options, for any family of chains.
 *
 * Invariant: `refs[0]` is final, each reference is the parent of the next, and every update that
 * was emitted is in them.
 */
export function createHead<B extends BlockHeader>(options: HeadOptions<B>): HeadCore {
  let refs: readonly BlockRef[] = [...options.refs]
  assert(refs.length > 0, 'following starts from a block')
  assert(isConsecutive(refs), 'the kept references follow each other')
  let isBusy = false

  const top = () => refs.at(-1) as BlockRef
  const bottom = () => refs[0] as BlockRef

  /** Emits first: what the store did not keep, the core has not seen. */
  async function advance(base: BlockRef, blocks: readonly B[], heads: Heads): Promise<void> {
    const kept = refs.slice(0, base.number - bottom().number + 1)
    const next = [...kept, ...blocks.map(refOf)]
    const final = finalIn(next, heads)
    if (next.length - (final.number - bottom().number) > options.refsMax) throw stalled(final)
    assert(base.number >= bottom().number, 'a rewind never passes finality')
    assert(kept.at(-1)?.hash === base.hash, 'the base is on the chain')
    await options.emit({ baseHead: base, blocks, finalizedHead: final })
    refs = next.slice(final.number - bottom().number)
  }

  /** Links `blocks` to the chain that is held, asking for parents until one is known. */
  async function link(blocks: readonly B[], signal: AbortSignal) {
    const linked = [...blocks]
    for (;;) {
      const first = linked[0] as B
      const base = refAt(refs, first.number - 1)
      if (base !== undefined && base.hash === first.parent) return { base, blocks: linked }
      if (first.number - 1 <= bottom().number) throw deepReorg(bottom(), first)
      if (first.number - 1 > top().number) throw notLinked(first)
      const parent = { number: first.number - 1, hash: first.parent }
      const block = await options.byHash(parent, signal)
      if (block.hash !== parent.hash || block.number !== parent.number) throw notLinked(first)
      linked.unshift(block)
    }
  }

  async function follow(heads: Heads, signal: AbortSignal): Promise<Followed> {
    checkHeads(heads)
    const { best } = heads
    const isHeld = refAt(refs, best.number)?.hash === best.hash
    if (!isHeld && best.number >= top().number) return catchUp(heads, signal)
    const before = bottom().number
    // A source behind the head may still know more about finality, but only of blocks it has.
    if (isHeld && finalIn(refs, heads).number > before) await advance(top(), [], heads)
    if (best.number < top().number) return 'lagging'
    return bottom().number > before ? 'updated' : 'unchanged'
  }

  async function catchUp(heads: Heads, signal: AbortSignal): Promise<Followed> {
    const { best } = heads
    let isMoved = false
    // At equal height the other block replaces the head; else what follows it is wanted.
    const from = Math.min(top().number + 1, best.number)
    for await (const batch of options.range(from, best, signal)) {
      if (batch.length === 0) continue
      checkBatch(batch, { from: isMoved ? top().number + 1 : from, best })
      const { base, blocks } = await link(batch, signal)
      await advance(base, blocks, heads)
      isMoved = true
    }
    return isMoved ? 'updated' : 'unchanged'
  }

  return {
    get head() {
      return top()
    },
    get finalized() {
      return bottom()
    },
    get refs() {
      return refs
    },
    async goto(heads, signal) {
      assert(!isBusy, 'one move of the head at a time')
      isBusy = true
      try {
        return await follow(heads, signal)
      } finally {
        isBusy = false
      }
    },
  }
}

/** The newest reference that `heads` makes final; never below the one that is final already. */
function finalIn(refs: readonly BlockRef[], heads: Heads): BlockRef {
  const bottom = refs[0] as BlockRef
  const { number, hash } = heads.finalized
  const claimed = refAt(refs, number)
  // Only a hash can contradict; a depth rule speaks of whatever stands at that number.
  if (hash !== null && claimed !== undefined && claimed.hash !== hash) {
    // Below or at finality two final blocks contradict each other: the chain itself is in doubt.
    if (number <= bottom.number) throw deepReorg(bottom, { number, hash })
    throw new AppError('chain.finality_mismatch', 'The final block is not on the chain given.', {
      retryable: true,
      params: { number },
    })
  }
  // A gap is being read: all of it that lies below the final number is final.
  const top = refs.at(-1) as BlockRef
  return number <= bottom.number ? bottom : (claimed ?? top)
}

function refAt(refs: readonly BlockRef[], number: number): BlockRef | undefined {
  const first = refs[0]
  // Not "or": block 0, the genesis, is a position like any other.
  return first === undefined || number < first.number ? undefined : refs[number - first.number]
}

function refOf({ number, hash }: BlockRef): BlockRef {
  return { number, hash }
}

function isConsecutive(refs: readonly BlockRef[]): boolean {
  return refs.every((ref, at) => ref.number === (refs[0] as BlockRef).number + at)
}

function checkHeads({ best, finalized }: Heads): void {
  const isNumber = (n: number) => Number.isSafeInteger(n) && n >= 0
  const isOrdered = finalized.number <= best.number
  const isSame = finalized.hash === null || finalized.hash === best.hash
  if (
    !isNumber(best.number) ||
    !isNumber(finalized.number) ||
    !isOrdered ||
    (finalized.number === best.number && !isSame)
  ) {
    throw new AppError('chain.bad_heads', 'The endpoint says that more is final than exists.', {
      retryable: true,
      params: { best: best.number, finalized: finalized.number },
    })
  }
}

/** Consecutive, linked, starting where it was asked to and ending no higher than the best block. */
function checkBatch<B extends BlockHeader>(
  batch: readonly B[],
  asked: { from: number; best: BlockRef },
): void {
  batch.forEach((block, at) => {
    const previous = batch[at - 1]
    const isNext = block.number === asked.from + at && block.number <= asked.best.number
    const isChild = previous === undefined || block.parent === previous.hash
    if (!isNext || !isChild) throw notLinked(block)
  })
  const last = batch.at(-1) as B
  if (last.number === asked.best.number && last.hash !== asked.best.hash) throw notLinked(last)
}

function notLinked(block: BlockRef): AppError {
  return new AppError('chain.not_linked', 'The blocks that were given do not follow each other.', {
    retryable: true,
    params: { number: block.number },
  })
}

function deepReorg(final: BlockRef, block: BlockRef): AppError {
  return new AppError('chain.deep_reorg', 'The chain was reorganised below what was final.', {
    params: { finalized: final.number, number: block.number },
  })
}

function stalled(final: BlockRef): AppError {
  return new AppError('chain.finality_stalled', 'Too many blocks wait for finality.', {
    params: { finalized: final.number },
  })
}
