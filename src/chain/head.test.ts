import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intBelow, seededRng } from '../base/rng.ts'
import { createHead, type Heads, type HeadUpdate } from './head.ts'
import type { BlockHeader, BlockRef } from './types.ts'

const signal = new AbortController().signal

/** `chain('a', 3)`: blocks 0a, 1a, 2a, 3a. `fork(chain, 1, 'b', 3)` shares 0a and 1a. */
function chain(mark: string, to: number): BlockHeader[] {
  return fork([], -1, mark, to)
}

function fork(base: readonly BlockHeader[], at: number, mark: string, to: number): BlockHeader[] {
  const blocks = base.slice(0, at + 1)
  for (let number = at + 1; number <= to; number += 1) {
    blocks.push({
      number,
      hash: `${number}${mark}`,
      parent: blocks[number - 1]?.hash ?? 'none',
      at: number,
    })
  }
  return blocks
}

const names = (refs: readonly BlockRef[]) => refs.map(({ hash }) => hash).join(' ')

function world(start: readonly BlockHeader[], batch = 100) {
  const now = { blocks: start, finalized: 0, hasHash: true }
  const known = new Map<string, BlockHeader>()
  const updates: HeadUpdate<BlockHeader>[] = []
  const see = (blocks: readonly BlockHeader[]) => {
    for (const block of blocks) known.set(block.hash, block)
    now.blocks = blocks
  }
  see(start)
  const head = createHead<BlockHeader>({
    refs: [start[0] as BlockHeader],
    refsMax: 1_000,
    async *range(from, to) {
      for (let at = from; at <= to.number; at += batch) {
        yield now.blocks.slice(at, Math.min(at + batch, to.number + 1))
      }
    },
    byHash: async (ref) => known.get(ref.hash) as BlockHeader,
    emit: async (update) => {
      updates.push(update)
    },
  })
  const heads = (): Heads => {
    const best = now.blocks.at(-1) as BlockHeader
    const final = now.blocks[now.finalized] as BlockHeader
    return {
      best: { number: best.number, hash: best.hash },
      finalized: { number: final.number, hash: now.hasHash ? final.hash : null },
    }
  }
  return { now, see, head, heads, updates, go: () => head.goto(heads(), signal) }
}

describe('following a head', () => {
  it('applies new blocks on top of the head', async () => {
    const w = world(chain('a', 3))
    expect(await w.go()).toBe('updated')
    expect(w.updates).toHaveLength(1)
    expect(w.updates[0]?.baseHead.hash).toBe('0a')
    expect(names(w.updates[0]?.blocks ?? [])).toBe('1a 2a 3a')
    expect(await w.go()).toBe('unchanged')
  })

  it('rewinds to the last common block of a fork, then applies the other branch', async () => {
    const w = world(chain('a', 5))
    await w.go()
    w.see(fork(chain('a', 5), 2, 'b', 6))
    await w.go()
    expect(w.updates[1]?.baseHead).toEqual({ number: 2, hash: '2a' })
    expect(names(w.updates[1]?.blocks ?? [])).toBe('3b 4b 5b 6b')
    expect(names(w.head.refs)).toBe('0a 1a 2a 3b 4b 5b 6b')
  })

  it('takes another block of the same height for a reorganisation', async () => {
    const w = world(chain('a', 2))
    await w.go()
    w.see(fork(chain('a', 2), 1, 'b', 2))
    expect(await w.go()).toBe('updated')
    expect(w.updates[1]?.baseHead.hash).toBe('1a')
    expect(names(w.updates[1]?.blocks ?? [])).toBe('2b')
  })

  it('waits for a node that is behind, on the same chain or on another', async () => {
    const w = world(chain('a', 5))
    await w.go()
    w.see(chain('a', 3))
    expect(await w.go()).toBe('lagging')
    w.see(fork(chain('a', 5), 1, 'b', 4))
    expect(await w.go()).toBe('lagging')
    expect(w.head.head.hash).toBe('5a')
    expect(w.updates).toHaveLength(1)
  })

  it('gives an update without blocks when only finality moved', async () => {
    const w = world(chain('a', 5))
    await w.go()
    w.now.finalized = 3
    expect(await w.go()).toBe('updated')
    expect(w.updates[1]).toEqual({
      baseHead: { number: 5, hash: '5a' },
      blocks: [],
      finalizedHead: { number: 3, hash: '3a' },
    })
    expect(names(w.head.refs)).toBe('3a 4a 5a')
    w.now.finalized = 2
    expect(await w.go()).toBe('unchanged')
    expect(w.head.finalized.number).toBe(3)
  })

  it('reads a long gap in batches and makes final what is below finality', async () => {
    const w = world(chain('a', 25), 10)
    w.now.finalized = 15
    await w.go()
    expect(w.updates.map(({ finalizedHead }) => finalizedHead.number)).toEqual([10, 15, 15])
    expect(w.updates.map(({ baseHead }) => baseHead.number)).toEqual([0, 10, 20])
  })

  it('refuses finality above the best block, and a final block off the chain', async () => {
    const w = world(chain('a', 3))
    const best = { number: 3, hash: '3a' }
    const lie = (finalized: Heads['finalized']) => w.head.goto({ best, finalized }, signal)
    await expect(lie({ number: 4, hash: '4a' })).rejects.toMatchObject({ code: 'chain.bad_heads' })
    await expect(lie({ number: 3, hash: '3x' })).rejects.toMatchObject({ code: 'chain.bad_heads' })
    await expect(lie({ number: 2, hash: '2x' })).rejects.toMatchObject({
      code: 'chain.finality_mismatch',
      retryable: true,
    })
    expect(w.updates).toEqual([])
  })

  it('halts when the chain forks below finality', async () => {
    const w = world(chain('a', 5))
    w.now.finalized = 4
    await w.go()
    w.see(fork(chain('a', 5), 2, 'b', 7))
    w.now.finalized = 1
    await expect(w.go()).rejects.toMatchObject({ code: 'chain.deep_reorg', retryable: false })
    expect(w.head.head.hash).toBe('5a')
  })

  it('refuses blocks with a gap, out of order, or that do not end in the best block', async () => {
    const good = chain('a', 4).slice(1)
    const bad: (readonly BlockHeader[])[] = [
      good.toSpliced(1, 1),
      good.toReversed(),
      [...good, ...fork(chain('a', 4), 4, 'a', 5).slice(5)],
      good.with(3, { number: 4, hash: '4x', parent: '3a', at: 4 }),
      good.with(2, { number: 3, hash: '3a', parent: '2x', at: 3 }),
    ]
    for (const batch of bad) {
      const head = createHead<BlockHeader>({
        refs: [{ number: 0, hash: '0a' }],
        refsMax: 10,
        async *range() {
          yield batch
        },
        byHash: async () => batch[0] as BlockHeader,
        emit: async () => expect.unreachable(),
      })
      await expect(
        head.goto(
          { best: { number: 4, hash: '4a' }, finalized: { number: 0, hash: null } },
          signal,
        ),
      ).rejects.toMatchObject({ code: 'chain.not_linked', retryable: true })
    }
  })

  it('stays where it was when the store did not keep the update', async () => {
    const blocks = chain('a', 3)
    let isBroken = true
    const head = createHead<BlockHeader>({
      refs: [blocks[0] as BlockHeader],
      refsMax: 10,
      async *range(from) {
        yield blocks.slice(from)
      },
      byHash: async () => blocks[0] as BlockHeader,
      emit: async () => {
        if (isBroken) throw new Error('disk')
      },
    })
    const heads = { best: { number: 3, hash: '3a' }, finalized: { number: 1, hash: null } }
    await expect(head.goto(heads, signal)).rejects.toThrow('disk')
    expect(names(head.refs)).toBe('0a')
    isBroken = false
    await head.goto(heads, signal)
    expect(names(head.refs)).toBe('1a 2a 3a')
  })

  it('halts when finality has stopped and memory would fill', async () => {
    const blocks = chain('a', 30)
    const head = createHead<BlockHeader>({
      refs: [blocks[0] as BlockHeader],
      refsMax: 20,
      async *range(from) {
        yield blocks.slice(from)
      },
      byHash: async () => blocks[0] as BlockHeader,
      emit: async () => {},
    })
    await expect(
      head.goto(
        { best: { number: 30, hash: '30a' }, finalized: { number: 0, hash: null } },
        signal,
      ),
    ).rejects.toMatchObject({ code: 'chain.finality_stalled' })
  })
})

describe('any sequence of heads', () => {
  /** A consumer of updates that knows nothing but the contract. */
  async function play(seed: number, steps: number): Promise<number> {
    const rng = seededRng(seed)
    let serial = 0
    const w = world(chain('g', 0), 1 + intBelow(rng, 4))
    const held: BlockRef[] = [{ number: 0, hash: '0g' }]
    let final = 0
    let seen = 0
    const consume = () => {
      for (; seen < w.updates.length; seen += 1) {
        const { baseHead, blocks, finalizedHead } = w.updates[seen] as HeadUpdate<BlockHeader>
        if (held[baseHead.number]?.hash !== baseHead.hash) throw new Error('base off the chain')
        if (baseHead.number < final) throw new Error('base below finality')
        held.length = baseHead.number + 1
        for (const block of blocks) {
          if (block.parent !== held.at(-1)?.hash) throw new Error('not linked')
          held.push({ number: block.number, hash: block.hash })
        }
        if (held[finalizedHead.number]?.hash !== finalizedHead.hash) throw new Error('final off')
        if (finalizedHead.number < final) throw new Error('finality went down')
        final = finalizedHead.number
      }
    }
    for (let step = 0; step < steps; step += 1) {
      const now = w.now.blocks
      const top = now.length - 1
      // Grow, fork, fall behind, and now and then a fork below what was final.
      const back = rng() < 0.5 ? 0 : intBelow(rng, Math.min(top + 1, 12))
      const at = rng() < 0.03 ? intBelow(rng, top + 1) : Math.max(top - back, 0)
      serial += 1
      const isBehind = rng() < 0.1
      const next = isBehind
        ? now.slice(0, at + 1)
        : fork(now, at, `x${serial}`, at + 1 + intBelow(rng, 5))
      w.see(next)
      w.now.hasHash = rng() < 0.5
      const low = Math.max(0, next.length - 1 - intBelow(rng, 20))
      w.now.finalized = rng() < 0.02 ? next.length - 1 : low
      try {
        await w.go()
      } catch (error) {
        const code = (error as { code?: string }).code ?? String(error)
        if (!['chain.deep_reorg', 'chain.finality_mismatch'].includes(code)) throw error
        // The branch is abandoned: the source comes back to what is held.
        const back = held.map(({ number, hash }, i) => ({
          number,
          hash,
          parent: held[i - 1]?.hash ?? 'none',
          at: number,
        }))
        w.see(back)
      }
      consume()
      if (names(w.head.refs) !== names(held.slice(final))) throw new Error('refs differ')
    }
    return w.updates.length
  }

  it('keeps the base on the chain and never below finality: 100,000 heads', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        expect(await play(seed, 100)).toBeGreaterThan(0)
      }),
      { numRuns: 1_000 },
    )
  })
})
