import { describe, expect, it } from 'vitest'
import type { ChainBlock, ChainEvent, ChainTransfer } from '../../chain/types.ts'
import { SCREEN_CLASS as CLASS } from '../../model/screening-book.ts'
import { operatorRules } from './operator-rule.ts'
import { lookAlike } from './poisoning.ts'
import { CHAIN_RULES, judgeBlock, NO_PAST, wantedOf } from './ruleset.ts'
import type { PastFacts, RuleContext } from './types.ts'
import { ChainWindow, summarise, WINDOW_BLOCKS } from './window.ts'

const hex = (digits: string) => `0x${digits.padStart(40, '0')}`
const [ALICE, BOB, EVE] = [hex('a11ce'), hex('b0b'), hex('e7e')]
const TOKEN = hex('70ce')
const POOL = hex('9001')

interface World {
  readonly transfers?: readonly Partial<ChainTransfer>[]
  readonly events?: readonly Partial<ChainEvent>[]
  readonly labels?: Readonly<Record<string, number>>
  readonly past?: Partial<PastFacts>
  readonly window?: ChainWindow
  readonly number?: number
  readonly signer?: string
}

function blockOf({ transfers = [], events = [], number = 100, signer = ALICE }: World): ChainBlock {
  const tx = `0x${'7'.repeat(64)}`
  return {
    chain: 'eip155:1',
    number,
    hash: `0x${number.toString(16).padStart(64, '0')}`,
    parent: `0x${(number - 1).toString(16).padStart(64, '0')}`,
    at: 1_700_000_000 + number * 12,
    transactions: [
      {
        hash: tx,
        index: 0,
        from: signer,
        to: TOKEN,
        value: 0n,
        status: 'success',
        selector: null,
        created: null,
      },
    ],
    transfers: transfers.map((own, ordinal) => ({
      ordinal,
      standard: 'erc20',
      token: TOKEN,
      from: ALICE,
      to: BOB,
      amount: 10n ** 20n,
      tokenId: null,
      tx,
      txIndex: 0,
      logIndex: ordinal,
      isInternal: false,
      ...own,
    })),
    events: events.map((own, at) => ({
      kind: 'approval',
      contract: TOKEN,
      owner: ALICE,
      spender: EVE,
      amount: 1n,
      extra: {},
      tx,
      txIndex: 0,
      logIndex: 100 + at,
      ...own,
    })),
    coverage: { receipts: true, logs: true, traces: false, inputs: true },
  }
}

function contextOf(world: World): RuleContext {
  return {
    chain: 'eip155:1',
    block: blockOf(world),
    parties: { classesOf: (address) => world.labels?.[address] ?? 0 },
    asset: (token) =>
      token === null
        ? { symbol: 'ETH', decimals: 18, large: 10n ** 21n }
        : { symbol: 'TKN', decimals: 18, large: 10n ** 22n },
    past: { ...NO_PAST, ...world.past },
    window: world.window ?? new ChainWindow(),
  }
}

const fired = (world: World) =>
  judgeBlock(CHAIN_RULES, contextOf(world)).map(({ rule, severity }) => `${rule} ${severity}`)

/** A window of plain blocks below the judged one, each made of a world. */
function windowOf(worlds: readonly World[], labels: Readonly<Record<string, number>> = {}) {
  const window = new ChainWindow()
  const parties = { classesOf: (address: string) => labels[address] ?? 0 }
  for (const [at, world] of worlds.entries()) {
    window.push(summarise(blockOf({ ...world, number: 100 - worlds.length + at }), parties))
  }
  return window
}

describe('ordinary traffic', () => {
  it('raises nothing', () => {
    expect(fired({ transfers: [{}, { standard: 'native', token: null, logIndex: null }] })).toEqual(
      [],
    )
    expect(fired({ events: [{ amount: 5n }, { kind: 'swap', contract: POOL }] })).toEqual([])
  })
})

describe('a listed counterparty', () => {
  it.each([
    [CLASS.sanctioned, 'counterparty.sanctioned danger'],
    [CLASS.scam, 'counterparty.scam danger'],
    [CLASS.phishing, 'counterparty.scam danger'],
    [CLASS.mixer, 'counterparty.mixer warning'],
    [CLASS.exploit, 'counterparty.stolen danger'],
  ])('of class %s fires %s on either side', (bits, alert) => {
    expect(fired({ transfers: [{}], labels: { [BOB]: bits } })).toEqual([alert])
    const past = { hasSeen: () => true }
    expect(fired({ transfers: [{}], labels: { [ALICE]: bits }, past })).toEqual([alert])
  })

  it('is told once a transaction and direction, not once a log', () => {
    expect(fired({ transfers: [{}, {}, {}], labels: { [BOB]: CLASS.scam } })).toHaveLength(1)
  })

  it('is not blamed for a transfer of nothing, which anybody can make in its name', () => {
    expect(fired({ transfers: [{ amount: 0n }], labels: { [BOB]: CLASS.scam } })).toEqual([])
  })

  it.each(['exchange', 'bridge', 'router', 'service', 'token'] as const)(
    'that is a known %s passes no guilt on, unless it is sanctioned itself',
    (name) => {
      for (const bad of ['scam', 'mixer', 'stolen'] as const) {
        expect(fired({ transfers: [{}], labels: { [BOB]: CLASS[bad] | CLASS[name] } })).toEqual([])
      }
      expect(fired({ transfers: [{}], labels: { [BOB]: CLASS.sanctioned | CLASS[name] } })).toEqual(
        ['counterparty.sanctioned danger'],
      )
    },
  )

  it('two steps away is no counterparty', () => {
    const transfers = [
      { from: ALICE, to: BOB },
      { from: BOB, to: EVE },
    ]
    const alerts = judgeBlock(CHAIN_RULES, contextOf({ transfers, labels: { [EVE]: CLASS.scam } }))
    expect(alerts.map(({ subjects }) => subjects)).toEqual([[`eip155:1:${EVE}`, `eip155:1:${BOB}`]])
  })
})

describe('an address funded by a mixer', () => {
  const labels = { [EVE]: CLASS.mixer }

  it('fires when the first coins that it ever had came from there', () => {
    const world = { transfers: [{ from: EVE, to: BOB }], labels }
    expect(fired(world)).toContain('funded.mixer warning')
    expect(wantedOf(CHAIN_RULES, contextOf(world)).seen).toEqual([BOB])
  })

  it('does not fire for one that was seen before, or had others first in the block', () => {
    const past = { hasSeen: () => true }
    expect(fired({ transfers: [{ from: EVE, to: BOB }], labels, past })).not.toContain(
      'funded.mixer warning',
    )
    const transfers = [
      { from: ALICE, to: BOB },
      { from: EVE, to: BOB },
    ]
    expect(fired({ transfers, labels })).not.toContain('funded.mixer warning')
  })
})

describe('address poisoning', () => {
  // The shape of the theft of 2024-05-03, in which 1,155 WBTC went to a look-alike address.
  const friend = '0xd9a1c3788d81257612e2581a6ea0ada244853a91'
  const lure = '0xd9a1b0b1e1ae382dbdc898ea68012ffcb2853a91'
  const past = { counterparties: () => [BOB, friend] }

  it('fires for a zero transfer that somebody else makes in the victim’s name', () => {
    const world = { transfers: [{ from: ALICE, to: lure, amount: 0n }], past, signer: EVE }
    expect(fired(world)).toEqual(['poisoning.look_alike danger'])
    expect(wantedOf(CHAIN_RULES, contextOf(world)).counterparties).toEqual([ALICE])
  })

  it('fires for dust that comes in from the look-alike', () => {
    expect(
      fired({ transfers: [{ from: lure, to: ALICE, amount: 5n }], past, signer: lure }),
    ).toEqual(['poisoning.look_alike danger'])
  })

  it('does not fire for the friend, for a stranger, for a real payment, or for what the owner signs', () => {
    const not = (transfer: Partial<ChainTransfer>, signer: string) =>
      expect(fired({ transfers: [transfer], past, signer })).toEqual([])
    not({ from: friend, to: ALICE, amount: 5n }, friend)
    not({ from: EVE, to: ALICE, amount: 5n }, EVE)
    not({ from: lure, to: ALICE, amount: 10n ** 20n }, lure)
    not({ from: ALICE, to: lure, amount: 0n }, ALICE)
  })

  it('counts equal digits at both ends, at least four each', () => {
    expect(lookAlike(friend, lure)).toEqual({ leading: 4, trailing: 6 })
    expect(lookAlike(friend, friend)).toBeUndefined()
    expect(lookAlike(friend, friend.replace('d9a1', 'd9a2'))).toBeUndefined()
  })
})

describe('a drainer’s approval', () => {
  const unlimited = 2n ** 256n - 1n

  it('fires for a listed spender, whatever the amount', () => {
    const labels = { [EVE]: CLASS.drainer }
    expect(fired({ events: [{ amount: 5n }], labels })).toEqual(['approval.drainer danger'])
    expect(fired({ events: [{ amount: 0n }], labels })).toEqual([])
  })

  it('fires for an unlimited approval to a contract that was just made by somebody else', () => {
    const made = { kind: 'created', owner: EVE, spender: EVE, amount: null } as const
    const window = windowOf([{ events: [made] }])
    const approval = { amount: unlimited }
    expect(fired({ events: [approval], window })).toEqual(['approval.drainer warning'])
    expect(
      fired({ events: [{ ...approval, kind: 'approval_for_all', amount: 1n }], window }),
    ).toEqual(['approval.drainer warning'])
    expect(fired({ events: [approval] })).toEqual([])
    expect(fired({ events: [{ amount: 5n }], window })).toEqual([])
    expect(fired({ events: [{ ...approval, owner: EVE }], window })).toEqual([])
  })
})

describe('liquidity and new tokens', () => {
  const pool = {
    kind: 'pool_created',
    contract: hex('fac'),
    spender: POOL,
    extra: { token0: TOKEN },
  } as const
  const added = {
    kind: 'liquidity_added',
    contract: POOL,
    extra: { amount0: '1000', amount1: '50' },
  } as const
  const removed = (amount: string) =>
    ({ kind: 'liquidity_removed', contract: POOL, owner: EVE, extra: { amount0: amount } }) as const

  it('pulled out of a new pool fires, a part of it does not', () => {
    const window = windowOf([{ events: [pool] }, { events: [added] }])
    expect(fired({ events: [removed('950')], window })).toEqual(['liquidity.pulled danger'])
    expect(fired({ events: [removed('500')], window })).toEqual([])
    expect(fired({ events: [removed('950')], window: windowOf([{ events: [added] }]) })).toEqual([])
  })

  it('minted for one address and sold at once fires', () => {
    const created = { kind: 'created', owner: EVE, spender: TOKEN, amount: null } as const
    const mint = { from: hex('0'), to: EVE, amount: 1_000n }
    const sale = { from: EVE, to: POOL, amount: 900n }
    const swap = { kind: 'swap', contract: POOL } as const
    const window = windowOf([{ events: [created], transfers: [mint] }])
    expect(fired({ transfers: [sale], events: [swap], window })).toEqual([
      'token.mint_and_dump danger',
    ])
    expect(fired({ transfers: [{ ...sale, amount: 10n }], events: [swap], window })).toEqual([])
    const old = windowOf([{ transfers: [mint] }])
    expect(fired({ transfers: [sale], events: [swap], window: old })).toEqual([])
  })

  it('frozen by the issuer is told, with what was done', () => {
    expect(fired({ events: [{ kind: 'freeze', owner: BOB }] })).toEqual(['issuer.freeze warning'])
    expect(fired({ events: [{ kind: 'unfreeze', owner: BOB }] })).toEqual(['issuer.freeze info'])
  })
})

describe('amounts', () => {
  it('fires at the large line and not below it', () => {
    expect(fired({ transfers: [{ amount: 10n ** 22n }] })).toEqual(['transfer.large info'])
    expect(fired({ transfers: [{ amount: 10n ** 22n - 1n }] })).toEqual([])
  })

  it('fires once for five payments just below the line, over several blocks', () => {
    const near = { amount: 9n * 10n ** 21n }
    const window = windowOf([{ transfers: [near, near] }, { transfers: [near] }])
    expect(fired({ transfers: [near, near], window })).toEqual(['transfer.structured warning'])
    expect(fired({ transfers: [near], window })).toEqual([])
    const long = windowOf([{ transfers: [near, near, near, near, near] }])
    expect(fired({ transfers: [near], window: long })).toEqual([])
  })

  it('fires when exchanges pay out ten times what was usual', () => {
    const labels = { [EVE]: CLASS.exchange }
    const out = { from: EVE, to: BOB, amount: 100n }
    const quiet = Array.from({ length: 300 }, () => ({ transfers: [out] }))
    const rush = Array.from({ length: 25 }, () => ({ ...out, amount: 2_000n }))
    const window = windowOf(quiet, labels)
    expect(fired({ transfers: rush, labels, window })).toEqual(['exchange.outflow_burst warning'])
    expect(fired({ transfers: [out], labels, window })).toEqual([])
    expect(
      fired({ transfers: rush, labels, window: windowOf(quiet.slice(0, 50), labels) }),
    ).toEqual([])
  })
})

describe('the window', () => {
  it('forgets what lies above the base, and everything after a gap', () => {
    const window = windowOf([{}, {}, {}])
    const [first, second] = window.blocks
    expect(window.rewind(second as NonNullable<typeof second>)).toBe(true)
    expect(window.head).toEqual(expect.objectContaining({ number: second?.number }))
    expect(window.rewind({ number: first?.number ?? 0, hash: '0xother' })).toBe(false)
    expect(window.blocks).toEqual([])
  })

  it('holds so many blocks and no more', () => {
    const window = new ChainWindow()
    for (let number = 0; number < WINDOW_BLOCKS + 10; number++) {
      window.push(summarise(blockOf({ number }), { classesOf: () => 0 }))
    }
    expect(window.blocks).toHaveLength(WINDOW_BLOCKS)
  })
})

describe('alerts', () => {
  it('have the same id for the same block, and another in another block', () => {
    const world = { transfers: [{}], labels: { [BOB]: CLASS.scam } }
    const ids = (number: number) =>
      judgeBlock(CHAIN_RULES, contextOf({ ...world, number })).map(({ id }) => id)
    expect(ids(100)).toEqual(ids(100))
    expect(ids(101)).not.toEqual(ids(100))
  })

  it('of one block are all different', () => {
    const transfers = [
      {},
      { from: BOB, to: ALICE },
      { token: null, standard: 'native', logIndex: null },
    ] as const
    const labels = { [BOB]: CLASS.scam, [ALICE]: CLASS.sanctioned | CLASS.mixer }
    const ids = judgeBlock(CHAIN_RULES, contextOf({ transfers, labels })).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('an operator’s rule', () => {
  it('fires on decoded fields', () => {
    const rules = operatorRules({
      rules: [
        { id: 'big_in', on: 'transfer', when: 'to.class contains "exchange" AND units >= 50' },
        { id: 'allow', on: 'event', severity: 'info', when: 'kind == "approval" AND extra.x > 1' },
        { id: 'ok', on: 'transaction', when: 'status == "success"' },
      ],
    })
    const world = {
      transfers: [{}],
      events: [{ extra: { x: '2' } }],
      labels: { [BOB]: CLASS.exchange },
    }
    expect(judgeBlock(rules, contextOf(world)).map(({ rule }) => rule)).toEqual([
      'operator.big_in',
      'operator.allow',
      'operator.ok',
    ])
  })

  it.each([
    [[], 'no list of rules'],
    [{ rules: [{ id: 'X', when: 'amount > 1' }] }, 'has no id'],
    [{ rules: [{ id: 'x' }] }, 'no condition'],
    [{ rules: [{ id: 'x', when: 'nowhere > 1' }] }, 'no field "nowhere"'],
    [{ rules: [{ id: 'x', severity: 'huge', when: 'amount > 1' }] }, 'severity'],
    [
      {
        rules: [
          { id: 'x', when: 'amount > 1' },
          { id: 'x', when: 'amount > 2' },
        ],
      },
      'one id',
    ],
    ['text', 'no list of rules'],
  ])('%j is refused and says why', (file, message) => {
    expect(() => operatorRules(file)).toThrow(message)
  })
})
