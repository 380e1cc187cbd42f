import { describe, expect, it } from 'vitest'
import { BLOCKS } from '../../src/chain/read.ts'
import type { ChainStore, HeadCommit } from '../../src/chain/store.ts'
import type {
  AlertRow,
  BlockRef,
  ChainBlock,
  ChainEvent,
  ChainTransfer,
} from '../../src/chain/types.ts'

export const CHAIN = 'eip155:1'
export const RULE = { rule: 'demo.rule', version: '1' }

const hex = (text: string, bytes: number) =>
  `0x${Buffer.from(text)
    .toString('hex')
    .padStart(bytes * 2, '0')}`
export const party = (name: string) => hex(name, 20)
export const txHash = (name: string) => hex(name, 32)

export interface Payment {
  readonly from: string
  readonly to: string
  readonly amount?: bigint
  readonly token?: string
}

/** A block whose transactions make one transfer each; `mark` tells forks apart. */
export function blockOf(p: {
  number: number
  mark?: string
  parent?: string
  payments?: readonly Payment[]
  events?: readonly Partial<ChainEvent>[]
}): ChainBlock {
  const { number, mark = 'a', payments = [], events = [] } = p
  const tx = (i: number) => txHash(`${mark}${number}.${i}`)
  return {
    chain: CHAIN,
    number,
    hash: hex(`${mark}${number}`, 32),
    parent: p.parent ?? hex(`${mark}${number - 1}`, 32),
    at: 1_700_000_000 + 12 * number,
    transactions: payments.map(({ from, to, token, amount = 1n }, i) => ({
      hash: tx(i),
      index: i,
      from: party(from),
      to: party(token ?? to),
      value: token === undefined ? amount : 0n,
      status: 'success',
      selector: token === undefined ? null : '0xa9059cbb',
      created: null,
    })),
    transfers: payments.map(
      ({ from, to, token, amount = 1n }, i): ChainTransfer => ({
        ordinal: i,
        standard: token === undefined ? 'native' : 'erc20',
        token: token === undefined ? null : party(token),
        from: party(from),
        to: party(to),
        amount,
        tokenId: null,
        tx: tx(i),
        txIndex: i,
        logIndex: token === undefined ? null : i,
        isInternal: false,
      }),
    ),
    events: events.map((event, i) => ({
      kind: 'approval',
      contract: party('token'),
      owner: party('owner'),
      spender: party('spender'),
      amount: 2n ** 256n - 1n,
      extra: {},
      tx: tx(0),
      txIndex: 0,
      logIndex: 100 + i,
      ...event,
    })),
    coverage: { receipts: true, logs: true, traces: false, inputs: true },
  }
}

export const refOf = ({ number, hash }: BlockRef): BlockRef => ({ number, hash })

export function alertOf(block: ChainBlock, name = 'x'): AlertRow {
  return {
    id: `${name}-${block.hash}`,
    state: 'provisional',
    rule: RULE.rule,
    ruleVersion: RULE.version,
    severity: 'danger',
    chain: CHAIN,
    block: block.number,
    blockHash: block.hash,
    tx: null,
    logIndex: null,
    subjects: [`${CHAIN}:${party(name)}`],
    asset: null,
    amount: 10n ** 30n,
    decimals: 18,
    params: { name },
    statements: [],
    at: block.at,
    supersedes: null,
  }
}

export function headCommit(p: {
  blocks: readonly ChainBlock[]
  base?: BlockRef
  final?: BlockRef
  alerts?: readonly AlertRow[]
}): HeadCommit {
  const first = p.blocks[0] as ChainBlock
  const base = p.base ?? { number: first.number - 1, hash: first.parent }
  return {
    update: { chain: CHAIN, baseHead: base, blocks: p.blocks, finalizedHead: p.final ?? base },
    alerts: p.alerts ?? [],
    rules: [RULE],
  }
}

const run = (from: number, to: number, mark = 'a', parent?: string) =>
  Array.from({ length: to - from + 1 }, (_, i) =>
    blockOf({
      number: from + i,
      mark,
      payments: [{ from: 'alice', to: `bob${from + i}`, amount: 10n ** 18n }],
      ...(i === 0 && parent !== undefined ? { parent } : {}),
    }),
  )

const PAGE = { limit: 100 }

interface Adapter {
  make(): Promise<ChainStore>
  reopen(store: ChainStore): Promise<ChainStore>
  /** Everything that the blocks decide, as lines. */
  dump(store: ChainStore): Promise<string>
}

/** What every adapter of the chain store must keep. */
export function chainStoreContract(name: string, adapter: Adapter): void {
  describe(`${name} keeps the chain store's contract`, () => {
    it('gives back blocks, transactions, transfers and events exactly', async () => {
      const store = await adapter.make()
      const amount = 2n ** 255n + 7n
      const block = blockOf({
        number: 5,
        payments: [
          { from: 'alice', to: 'bob', amount: 3n },
          { from: 'bob', to: 'carol', amount, token: 'coin' },
        ],
        events: [{ extra: { expiry: '12' } }, { kind: 'freeze', spender: null, amount: null }],
      })
      await store.apply(headCommit({ blocks: [block] }))
      const stored = await store.block(CHAIN, 5)
      expect(stored).toMatchObject({
        hash: block.hash,
        parent: block.parent,
        at: block.at,
        state: 'provisional',
        transactions: 2,
        coverage: block.coverage,
      })
      expect(await store.block(CHAIN, block.hash)).toEqual(stored)
      expect(await store.transactionsOf(CHAIN, 5, PAGE)).toMatchObject(block.transactions)
      expect(await store.transfersIn(CHAIN, 5, PAGE)).toMatchObject(block.transfers)
      expect(await store.eventsIn(CHAIN, 5, PAGE)).toMatchObject(block.events)
      expect(await store.transfersIn(CHAIN, 5, { from: 1, limit: 9 })).toHaveLength(1)
      const detail = await store.transaction(CHAIN, txHash('a5.1'))
      expect(detail?.transaction).toMatchObject(block.transactions[1] ?? {})
      expect(detail?.transfers).toMatchObject([block.transfers[1]])
      expect(await store.transaction(CHAIN, txHash('none'))).toBeUndefined()
      await store.close()
    })

    it('shows the history of an address newest first, in pages that hold each row once', async () => {
      const store = await adapter.make()
      await store.apply(headCommit({ blocks: run(1, 10) }))
      const seen: number[] = []
      let cursor: string | null | undefined
      do {
        const page = await store.transfersOf(CHAIN, party('alice'), {
          limit: 3,
          ...(cursor ? { cursor } : {}),
        })
        seen.push(...page.rows.map(({ block }) => block))
        cursor = page.cursor
      } while (cursor !== null)
      expect(seen).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
      const received = { ...PAGE, direction: 'in' } as const
      expect((await store.transfersOf(CHAIN, party('alice'), received)).rows).toEqual([])
      expect((await store.transfersOf(CHAIN, party('bob3'), received)).rows).toHaveLength(1)
      const broken = store.transfersOf(CHAIN, party('alice'), { limit: 1, cursor: 'x' })
      await expect(broken).rejects.toMatchObject({ code: 'request.invalid' })
      await store.close()
    })

    it('counts counterparties, balance changes, days, tokens and the first funder', async () => {
      const store = await adapter.make()
      const huge = 2n ** 256n - 1n
      const blocks = [
        blockOf({
          number: 1,
          payments: [
            { from: 'alice', to: 'bob', amount: huge, token: 'coin' },
            { from: 'alice', to: 'bob', amount: huge, token: 'coin' },
            { from: 'carol', to: 'bob', amount: 5n },
            { from: 'bob', to: 'bob', amount: 9n },
          ],
        }),
        blockOf({ number: 2, payments: [{ from: 'bob', to: 'alice', token: 'coin' }] }),
      ]
      await store.apply(headCommit({ blocks }))
      const bob = await store.address(CHAIN, party('bob'))
      expect(bob).toMatchObject({ received: 4, sent: 2, isToken: false })
      expect(bob?.funder).toMatchObject({ from: party('alice'), block: 1, ordinal: 0 })
      expect(bob?.first?.block).toBe(1)
      expect(bob?.last?.block).toBe(2)
      expect(await store.counterparties(CHAIN, party('bob'), 10)).toEqual({
        rows: [
          { address: party('alice'), received: 2, sent: 1 },
          { address: party('carol'), received: 1, sent: 0 },
        ],
        isComplete: true,
      })
      expect(await store.balances(CHAIN, party('bob'), 10)).toEqual([
        { token: null, change: 5n, received: 2, sent: 1 },
        { token: party('coin'), change: 2n * huge - 1n, received: 2, sent: 1 },
      ])
      expect((await store.balances(CHAIN, party('alice'), 10))[0]?.change).toBe(1n - 2n * huge)
      expect(await store.activity(CHAIN, party('bob'))).toEqual([
        { day: 1_699_920_000, transfers: 5 },
      ])
      const coin = await store.token(CHAIN, party('coin'))
      expect(coin).toMatchObject({ transfers: 3, holders: 1, supply: 0n })
      const moved = await store.transfersOfToken(CHAIN, party('coin'), PAGE)
      expect(moved.rows.map(({ block }) => block)).toEqual([2, 1, 1])
      expect(await store.address(CHAIN, party('nobody'))).toBeUndefined()
      await store.close()
    })

    it('after a reorganisation is what a replay of the canonical chain alone gives', async () => {
      const events = [{ kind: 'created', owner: party('maker') }] as const
      const common = run(1, 3) as [ChainBlock, ChainBlock, ChainBlock]
      const lost = [
        ...run(4, 5),
        blockOf({ number: 6, payments: [{ from: 'x', to: 'y', token: 'z' }], events }),
      ]
      const parent = common[2].hash
      const kept = run(4, 7, 'b', parent)
      const store = await adapter.make()
      await store.apply(headCommit({ blocks: [...common, ...lost] }))
      const applied = await store.apply(headCommit({ blocks: kept }))
      expect(applied.orphaned).toEqual(lost.map(refOf))
      const alone = await adapter.make()
      await alone.apply(headCommit({ blocks: [...common, ...kept], final: refOf(common[2]) }))
      expect(await adapter.dump(store)).toBe(await adapter.dump(alone))
      const orphan = await store.block(CHAIN, lost[1]?.hash ?? '')
      expect(orphan).toMatchObject({ number: 5, state: 'orphaned' })
      expect(await store.block(CHAIN, 5)).toMatchObject({ hash: kept[1]?.hash })
      expect(await store.transaction(CHAIN, txHash('a5.0'))).toBeUndefined()
      expect((await store.state(CHAIN))?.orphaned).toBe(3)
      await store.close()
      await alone.close()
    })

    it('changes nothing when an update is repeated', async () => {
      const store = await adapter.make()
      const blocks = run(1, 4)
      const commit = headCommit({ blocks, alerts: [alertOf(blocks[3] as ChainBlock)] })
      await store.apply(commit)
      const before = await adapter.dump(store)
      const head = await store.alertHead()
      const again = await store.apply(commit)
      expect(again).toMatchObject({ blocks: 0, orphaned: [], raised: [], retracted: [] })
      expect(await adapter.dump(store)).toBe(before)
      expect(await store.alertHead()).toBe(head)
      await store.close()
    })

    it('refuses a base that is not on the chain or lies below finality, and keeps nothing', async () => {
      const store = await adapter.make()
      const blocks = run(1, 4)
      await store.apply(headCommit({ blocks, final: refOf(blocks[2] as ChainBlock) }))
      const before = await adapter.dump(store)
      const off = store.apply(headCommit({ blocks: run(5, 6, 'c') }))
      await expect(off).rejects.toMatchObject({ code: 'chain.not_connected' })
      const deep = store.apply(headCommit({ blocks: run(2, 5, 'b', blocks[0]?.hash) }))
      await expect(deep).rejects.toMatchObject({ code: 'chain.final_rewind' })
      const torn = [...run(5, 5), blockOf({ number: 7 })]
      await expect(store.apply(headCommit({ blocks: torn }))).rejects.toMatchObject({
        code: 'chain.not_connected',
      })
      expect(await adapter.dump(store)).toBe(before)
      await store.close()
    })

    it('makes alerts provisional, then confirmed or retracted, each change once and in order', async () => {
      const store = await adapter.make()
      const blocks = run(1, 4)
      const alerts = blocks.map((block) => ({ ...alertOf(block), tx: block.hash }))
      await store.apply(headCommit({ blocks, alerts }))
      const two = blocks[1] as ChainBlock
      const four = blocks[3] as ChainBlock
      const moved = await store.apply({
        update: { chain: CHAIN, baseHead: refOf(four), blocks: [], finalizedHead: refOf(two) },
        alerts: [],
        rules: [],
      })
      expect(moved.confirmed).toEqual([alerts[0]?.id, alerts[1]?.id])
      const other = run(4, 4, 'b', blocks[2]?.hash)
      const reorg = await store.apply(headCommit({ blocks: other, final: refOf(two) }))
      expect(reorg.retracted).toEqual([alerts[3]?.id])
      const back = await store.apply(
        headCommit({ blocks: [four], final: refOf(two), alerts: alerts.slice(3) }),
      )
      expect(back.raised).toEqual([alerts[3]?.id])
      const changes = await store.alertChanges(0, 100)
      expect(changes.map(({ alert }) => `${alert.block} ${alert.state}`)).toEqual([
        '1 provisional',
        '2 provisional',
        '3 provisional',
        '4 provisional',
        '1 confirmed',
        '2 confirmed',
        '4 retracted',
        '4 provisional',
      ])
      expect(await store.alertChanges(changes[5]?.change ?? 0, 1)).toMatchObject([
        { alert: { block: 4, state: 'retracted', amount: 10n ** 30n } },
      ])
      const listed = await store.alerts({ chain: CHAIN, state: 'confirmed', limit: 10 })
      expect(listed.map(({ block }) => block)).toEqual([2, 1])
      const ofSubject = { subject: `${CHAIN}:${party('x')}`, limit: 2 }
      expect((await store.alerts(ofSubject)).map(({ block }) => block)).toEqual([4, 2])
      const gone = { chain: CHAIN, tx: alerts[3]?.tx ?? '', limit: 9 }
      expect((await store.alerts(gone)).map(({ id }) => id)).toEqual([alerts[3]?.id])
      expect((await store.state(CHAIN))?.alerts).toBe(4)
      await store.close()
    })

    it('records what each rule looked at, without gaps and without blocks that are gone', async () => {
      const store = await adapter.make()
      await store.apply(headCommit({ blocks: run(10, 12) }))
      await store.apply(headCommit({ blocks: run(13, 15) }))
      expect(await store.coverage(CHAIN, RULE)).toEqual([{ from: 10, to: 15 }])
      await store.apply(headCommit({ blocks: run(14, 14, 'b', run(13, 13)[0]?.hash) }))
      expect(await store.coverage(CHAIN, RULE)).toEqual([{ from: 10, to: 14 }])
      await store.fill({ chain: CHAIN, blocks: run(3, 5), alerts: [], rules: [] })
      expect(await store.coverage(CHAIN, BLOCKS)).toEqual([
        { from: 3, to: 5 },
        { from: 10, to: 14 },
      ])
      const range = { from: 1, to: 20 }
      expect(await store.gaps(CHAIN, BLOCKS, range)).toEqual([
        { from: 1, to: 2 },
        { from: 6, to: 9 },
        { from: 15, to: 20 },
      ])
      expect(await store.gaps(CHAIN, RULE, { from: 3, to: 10 })).toEqual([{ from: 3, to: 9 }])
      expect(await store.coverageRules(CHAIN)).toEqual([BLOCKS, RULE])
      await store.close()
    })

    it('fills in final blocks below, and refuses those that contradict their neighbours', async () => {
      const store = await adapter.make()
      const blocks = run(1, 9)
      await store.apply(headCommit({ blocks: blocks.slice(5) }))
      const fill = (part: readonly ChainBlock[], alerts: readonly AlertRow[] = []) =>
        store.fill({ chain: CHAIN, blocks: part, alerts, rules: [RULE] })
      await expect(fill(run(4, 5, 'x'))).rejects.toMatchObject({ code: 'chain.not_connected' })
      const part = blocks.slice(2, 5)
      expect(
        (
          await fill(
            part,
            part.map((block) => alertOf(block)),
          )
        ).raised,
      ).toHaveLength(3)
      expect((await fill(part)).blocks).toBe(0)
      await expect(fill(run(1, 2, 'x'))).rejects.toMatchObject({ code: 'chain.not_connected' })
      await expect(fill(run(3, 3, 'x'))).rejects.toMatchObject({ code: 'chain.not_connected' })
      await fill(blocks.slice(0, 3))
      expect(await store.state(CHAIN)).toMatchObject({
        headFrom: 1,
        blocks: 9,
        head: { number: 9 },
      })
      expect((await store.alerts({ limit: 9, state: 'confirmed' })).length).toBe(3)
      const alone = await adapter.make()
      await alone.apply(
        headCommit({
          blocks,
          final: { number: 5, hash: blocks[4]?.hash ?? '' },
          alerts: part.map((block) => alertOf(block)),
        }),
      )
      expect(await adapter.dump(store)).toBe(await adapter.dump(alone))
      await store.close()
      await alone.close()
    })

    it('reads a block anew in its place, and takes back what is no longer found', async () => {
      const store = await adapter.make()
      const poor = blockOf({ number: 1 })
      const rich = blockOf({ number: 1, payments: [{ from: 'a', to: 'b' }] })
      await store.apply(headCommit({ blocks: [poor], alerts: [alertOf(poor)] }))
      await store.queueReread(CHAIN, [1], 'receipts')
      expect(await store.rereads(CHAIN, 10)).toEqual([{ number: 1, reason: 'receipts' }])
      const commit = { chain: CHAIN, blocks: [rich], alerts: [alertOf(rich, 'y')], rules: [RULE] }
      const applied = await store.restate(commit)
      expect(applied).toMatchObject({ retracted: [alertOf(poor).id], orphaned: [] })
      expect(applied.raised).toEqual([alertOf(rich, 'y').id])
      expect(await store.rereads(CHAIN, 10)).toEqual([])
      expect(await store.transfersIn(CHAIN, 1, PAGE)).toHaveLength(1)
      const foreign = store.restate({ ...commit, blocks: [blockOf({ number: 1, mark: 'z' })] })
      await expect(foreign).rejects.toMatchObject({ code: 'chain.not_connected' })
      await store.close()
    })

    it('judges stored blocks again when a list has changed', async () => {
      const store = await adapter.make()
      const blocks = run(1, 4)
      const [one, two, three] = blocks as [ChainBlock, ChainBlock, ChainBlock]
      await store.apply(headCommit({ blocks, alerts: [alertOf(one), alertOf(two)] }))
      const applied = await store.rescore({
        chain: CHAIN,
        range: { from: 2, to: 4 },
        alerts: [alertOf(three)],
        rules: [RULE],
      })
      expect(applied.retracted).toEqual([alertOf(two).id])
      expect(applied.raised).toEqual([alertOf(three).id])
      const outside = store.rescore({
        chain: CHAIN,
        range: { from: 4, to: 9 },
        alerts: [],
        rules: [RULE],
      })
      await expect(outside).rejects.toMatchObject({ code: 'chain.not_connected' })
      await store.close()
    })

    it('halts and rewinds a chain on the word of an operator, and no other', async () => {
      const store = await adapter.make()
      const blocks = run(1, 6)
      const five = refOf(blocks[4] as ChainBlock)
      await store.apply(headCommit({ blocks, final: five, alerts: blocks.map((b) => alertOf(b)) }))
      const halt = { code: 'chain.deep_reorg', atMs: 5, params: { number: 3 } }
      await store.halt(CHAIN, halt)
      expect((await store.state(CHAIN))?.halted).toEqual(halt)
      const applied = await store.rewind(CHAIN, 2)
      expect(applied.orphaned.map(({ number }) => number)).toEqual([3, 4, 5, 6])
      expect(applied.retracted).toHaveLength(4)
      expect((await store.state(CHAIN))?.halted).toBeNull()
      expect(await store.hot(CHAIN)).toEqual([refOf(blocks[1] as ChainBlock)])
      await store.apply(headCommit({ blocks: run(3, 4, 'b', blocks[1]?.hash) }))
      expect((await store.block(CHAIN, 4))?.hash).toBe(run(4, 4, 'b')[0]?.hash)
      await expect(store.rewind(CHAIN, 90)).rejects.toMatchObject({ code: 'chain.not_connected' })
      await store.close()
    })

    it('rewinds blocks that were only filled in, and following then begins anew', async () => {
      const store = await adapter.make()
      const blocks = run(1, 6)
      await store.fill({ chain: CHAIN, blocks, alerts: [], rules: [RULE] })
      expect((await store.rewind(CHAIN, 2)).orphaned).toEqual(blocks.slice(2).map(refOf))
      expect(await store.hot(CHAIN)).toEqual([])
      await store.apply(headCommit({ blocks: run(5, 6, 'b') }))
      expect(await store.coverage(CHAIN, BLOCKS)).toEqual([
        { from: 1, to: 2 },
        { from: 5, to: 6 },
      ])
      await store.close()
    })

    it('is the same after being closed and opened again', async () => {
      const store = await adapter.make()
      const blocks = run(1, 5)
      await store.apply(headCommit({ blocks, final: refOf(blocks[1] as ChainBlock) }))
      const dump = await adapter.dump(store)
      const again = await adapter.reopen(store)
      expect(await adapter.dump(again)).toBe(dump)
      expect(await again.hot(CHAIN)).toEqual(blocks.slice(1).map(refOf))
      await again.apply(headCommit({ blocks: run(6, 6) }))
      expect((await again.state(CHAIN))?.blocks).toBe(6)
      expect((await again.chains()).map(({ chain }) => chain)).toEqual([CHAIN])
      expect((await again.blocks(CHAIN, { before: 6, limit: 2 })).map((b) => b.number)).toEqual([
        5, 4,
      ])
      await again.close()
    })
  })
}
