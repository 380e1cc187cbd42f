import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chainPath, openSqliteChainStore } from '../../src/chain/store/sqlite.ts'
import { dumpChainRows } from '../../src/chain/store/sqlite-dump.ts'
import type { ChainStore } from '../../src/chain/store.ts'
import type { ChainBlock } from '../../src/chain/types.ts'
import { alertOf, blockOf, CHAIN, headCommit, RULE, refOf } from '../contract/chain-store.ts'

const block = (number: number, mark = 'a', parent?: string): ChainBlock =>
  blockOf({
    number,
    mark,
    payments: [
      { from: 'alice', to: `bob${number}`, amount: 10n ** 20n },
      { from: 'carol', to: 'alice', token: 'coin' },
    ],
    events: [{ extra: { note: '1' } }],
    ...(parent === undefined ? {} : { parent }),
  })

const OLD = [1, 2, 3, 4].map((number) => block(number))
const [ONE, TWO] = OLD as [ChainBlock, ChainBlock]
const FORK = [block(3, 'b', TWO.hash), block(4, 'b'), block(5, 'b')]

/** Every kind of change, each on a store that holds four blocks with an alert each. */
const CHANGES: Readonly<Record<string, (store: ChainStore) => Promise<unknown>>> = {
  'a reorganisation': (store) =>
    store.apply(
      headCommit({ blocks: FORK, final: refOf(ONE), alerts: FORK.map((b) => alertOf(b)) }),
    ),
  'a block filled in': (store) =>
    store.fill({ chain: CHAIN, blocks: [block(0)], alerts: [alertOf(block(0))], rules: [RULE] }),
  'a block read anew': (store) =>
    store.restate({ chain: CHAIN, blocks: [TWO], alerts: [], rules: [RULE] }),
  'a new judgement': (store) =>
    store.rescore({ chain: CHAIN, range: { from: 1, to: 4 }, alerts: [], rules: [RULE] }),
  'a rewind': (store) => store.rewind(CHAIN, 2),
}

describe('a fault at every operation of a change', () => {
  it.each(Object.keys(CHANGES))('leaves all or nothing of %s', async (name) => {
    const change = CHANGES[name] as (store: ChainStore) => Promise<unknown>
    const made = async (at: number) => {
      const path = chainPath(mkdtempSync(join(tmpdir(), 'custos-fault-')))
      const state = { left: Number.POSITIVE_INFINITY }
      const hook = () => {
        state.left -= 1
        if (state.left === 0) throw new Error('the disk failed')
      }
      const store = openSqliteChainStore(path, { hook })
      await store.apply(headCommit({ blocks: OLD, alerts: OLD.map((b) => alertOf(b)) }))
      const before = [...dumpChainRows(path)].join('\n')
      state.left = at
      const failed = await change(store).then(
        () => false,
        () => true,
      )
      state.left = Number.POSITIVE_INFINITY
      return { store, path, before, failed }
    }
    const whole = await made(Number.POSITIVE_INFINITY)
    const after = [...dumpChainRows(whole.path)].join('\n')
    await whole.store.close()
    let faults = 0
    for (let at = 1; ; at += 1) {
      const { store, path, before, failed } = await made(at)
      expect([...dumpChainRows(path)].join('\n')).toBe(failed ? before : after)
      if (!failed) {
        await store.close()
        break
      }
      faults += 1
      // The same change once more: nothing of the failed one is in the way.
      await change(store)
      expect([...dumpChainRows(path)].join('\n')).toBe(after)
      await store.close()
    }
    expect(faults).toBeGreaterThan(5)
  })
})
