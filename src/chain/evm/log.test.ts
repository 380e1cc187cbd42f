import fc from 'fast-check'
import { type AbiEvent, decodeEventLog, parseAbiItem } from 'viem'
import { describe, expect, it } from 'vitest'
import type { ChainEvent } from '../types.ts'
import { EVENT_LAYOUTS, EVENT_SIGNATURES } from './event.ts'
import { eventTopic } from './keccak.ts'
import { decodeLog, type LogSink, TOPIC } from './log.ts'

const CONTRACT = '0x00000000000000000000000000000000000000aa'
const PLACE = { tx: `0x${'1'.repeat(64)}`, txIndex: 0, logIndex: 0 }

function decode(topics: readonly string[], data: string, address = CONTRACT): LogSink {
  const sink: LogSink = { chain: 'eip155:1', transfers: [], events: [] }
  decodeLog({ address, topics, data, ...PLACE }, sink)
  return sink
}

/** The event as viem knows it, with the parameters of the layout indexed. */
function abiOf(signature: string, layout: string): AbiEvent {
  const name = signature.slice(0, signature.indexOf('('))
  const types = signature.slice(name.length + 1, -1).split(',')
  let at = 0
  const params = types.map((type, i) => {
    const mark = layout[at]
    at += Number(/\[(\d+)\]$/.exec(type)?.[1] ?? 1)
    return `${type}${mark === 'x' ? ' indexed' : ''} p${i}`
  })
  return parseAbiItem(`event ${name}(${params.join(', ')})`) as AbiEvent
}

/** viem's values, flat, in the text forms of `ChainEvent`; null where viem refuses the log. */
function byViem(abi: AbiEvent, topics: readonly string[], data: string): readonly string[] | null {
  try {
    const { args } = decodeEventLog({
      abi: [abi],
      topics: topics as [`0x${string}`],
      data: `0x${data}`,
      strict: true,
    }) as unknown as { args: Record<string, unknown> }
    const flat = (value: unknown): readonly string[] => {
      if (Array.isArray(value)) return value.flatMap(flat)
      if (typeof value === 'boolean') return [value ? '1' : '0']
      return [String(value).toLowerCase()]
    }
    return abi.inputs.flatMap(({ name }) => flat(args[name ?? '']))
  } catch {
    return null
  }
}

const ZERO = '0'.repeat(24)
const hex = (chars: number) =>
  fc
    .array(fc.integer({ min: 0, max: 15 }), { minLength: chars, maxLength: chars })
    .map((digits) => digits.map((digit) => digit.toString(16)).join(''))
const WORDS: Record<string, fc.Arbitrary<string>> = {
  address: hex(40).map((text) => ZERO + text),
  uint: fc.oneof(
    hex(12).map((text) => text.padStart(64, '0')),
    fc.constantFrom('0'.repeat(64)),
  ),
  // Small enough for int24, of both signs.
  int: fc
    .integer({ min: -(2 ** 23), max: 2 ** 23 - 1 })
    .map((value) => BigInt.asUintN(256, BigInt(value)).toString(16).padStart(64, '0')),
  bytes32: hex(64),
  bool: fc.constantFrom('0'.repeat(64), '1'.padStart(64, '0')),
}

const LAYOUTS = EVENT_SIGNATURES.flatMap(([signature, layouts]) =>
  layouts.filter(() => !signature.includes('[]')).map((layout) => [signature, layout] as const),
)

describe.each(LAYOUTS)('%s as %s', (signature, layout) => {
  const topic = eventTopic(signature)
  const abi = abiOf(signature, layout)
  const indexed = [...layout].filter((mark) => mark === 'x').length
  const spec = EVENT_LAYOUTS.get(topic)?.[indexed + 1]
  const words = fc.tuple(...(spec?.types ?? []).map((type) => WORDS[type] ?? hex(64)))

  it('gives what viem gives, and nothing where viem refuses', () => {
    expect(spec).toBeDefined()
    fc.assert(
      fc.property(words, fc.nat(3), fc.nat(40), (list, dropTopics, cut) => {
        const all = [topic]
        let data = ''
        for (const [i, mark] of [...layout].entries()) {
          if (mark === 'x') all.push(`0x${list[i]}`)
          else data += list[i]
        }
        const topics = dropTopics === 1 ? all.slice(0, -1) : all
        const shown = cut === 0 ? data.slice(0, -2) : cut === 1 ? `${data}ff` : data
        const expected = byViem(abi, topics, shown)
        const got = decode(topics, shown)
        expect(got.transfers).toEqual([])
        // A layout of its own may take a log with fewer topics.
        if (topics.length !== all.length && got.events.length > 0) return
        const delta = spec?.row.turn?.delta
        const isNothing = delta !== undefined && expected?.[delta] === '0'
        if (expected === null || isNothing) {
          expect(got.events).toEqual([])
          return
        }
        expect(got.events).toHaveLength(1)
        expectSame(got.events[0] as ChainEvent, expected, spec?.row ?? { kind: 'swap' })
      }),
      { numRuns: 60 },
    )
  })
})

function expectSame(
  event: ChainEvent,
  expected: readonly string[],
  row: { kind: string; owner?: number; spender?: number; amount?: number; extra?: object },
): void {
  const at = (position: number | undefined) =>
    position === undefined ? null : (expected[position] ?? null)
  expect(event.owner).toBe(at(row.owner))
  expect(event.spender).toBe(at(row.spender))
  if (row.amount !== undefined) expect(String(event.amount)).toBe(at(row.amount))
  for (const [name, position] of Object.entries(row.extra ?? {})) {
    expect(event.extra[name]).toBe(at(position))
  }
}

const word = (value: bigint | number) => BigInt(value).toString(16).padStart(64, '0')
const A = `0x${'a'.repeat(40)}`
const B = `0x${'b'.repeat(40)}`
const topicOf = (address: string) => `0x${ZERO}${address.slice(2)}`

describe('transfers', () => {
  it('an ERC-20 transfer keeps its amount to the last of 256 bits', () => {
    const most = 2n ** 256n - 1n
    const { transfers } = decode([TOPIC.transfer, topicOf(A), topicOf(B)], word(most))
    expect(transfers).toEqual([
      expect.objectContaining({ standard: 'erc20', from: A, to: B, amount: most, tokenId: null }),
    ])
  })

  it('four topics are one token of ERC-721', () => {
    const { transfers } = decode([TOPIC.transfer, topicOf(A), topicOf(B), `0x${word(7)}`], '')
    expect(transfers).toEqual([
      expect.objectContaining({ standard: 'erc721', amount: 1n, tokenId: 7n }),
    ])
  })

  it('with nothing indexed it is an amount, save for the collection that is older than ERC-721', () => {
    const data = ZERO + A.slice(2) + ZERO + B.slice(2) + word(9)
    const plain = decode([TOPIC.transfer], data).transfers[0]
    expect(plain).toMatchObject({ standard: 'erc20', from: A, to: B, amount: 9n })
    const cat = decode([TOPIC.transfer], data, '0x06012c8cf97bead5deae237070f9587f8e7a266d')
    expect(cat.transfers[0]).toMatchObject({ standard: 'erc721', amount: 1n, tokenId: 9n })
  })

  it('a batch of ERC-1155 gives one transfer per token', () => {
    const topics = [TOPIC.batch, topicOf(A), topicOf(A), topicOf(B)]
    const data = [0x40, 0xa0, 2, 11, 12, 2, 5, 6].map(word).join('')
    expect(decode(topics, data).transfers.map(({ tokenId, amount }) => [tokenId, amount])).toEqual([
      [11n, 5n],
      [12n, 6n],
    ])
  })

  it.each([
    ['lists of two lengths', [0x40, 0xa0, 2, 11, 12, 1, 5]],
    ['an offset behind the data', [0x4000, 0xa0, 2, 11, 12, 2, 5, 6]],
    ['a length of 2^255', [0x40, 0xa0, 2n ** 255n, 11, 12, 2, 5, 6]],
  ])('a batch with %s is no transfer', (_name, words) => {
    const topics = [TOPIC.batch, topicOf(A), topicOf(A), topicOf(B)]
    expect(decode(topics, words.map(word).join('')).transfers).toEqual([])
  })

  it('a wrapped coin mints on deposit; the same event of a vault says nothing', () => {
    const weth = '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2'
    const topics = [TOPIC.deposit, topicOf(A)]
    expect(decode(topics, word(5), weth).transfers).toEqual([
      expect.objectContaining({ from: null, to: A, token: weth, amount: 5n }),
    ])
    expect(decode([TOPIC.withdrawal, topicOf(A)], word(5), weth).transfers[0]).toMatchObject({
      from: A,
      to: null,
    })
    expect(decode(topics, word(5)).transfers).toEqual([])
  })

  it('too few topics or too little data is no transfer and no approval', () => {
    for (const topic of [TOPIC.transfer, TOPIC.approval]) {
      for (const [topics, data] of [
        [[topic, topicOf(A), topicOf(B)], word(1).slice(2)],
        [[topic, topicOf(A)], word(1)],
        [[topic], word(1)],
      ] as const) {
        expect(decode(topics, data)).toMatchObject({ transfers: [], events: [] })
      }
    }
  })
})

describe('events that say which way', () => {
  it('an approval of one ERC-721 token has no amount', () => {
    const topics = [TOPIC.approval, topicOf(A), topicOf(B), `0x${word(7)}`]
    const [event] = decode(topics, '').events
    expect(event).toMatchObject({ kind: 'approval', amount: null, extra: { tokenId: '7' } })
  })

  it('the deltas of a Balancer pool tell joining from leaving', () => {
    const signature = 'PoolBalanceChanged(bytes32,address,address[],int256[],uint256[])'
    const kindsOf = (deltas: readonly bigint[]) => {
      const list = deltas.map((delta) => word(BigInt.asUintN(256, delta)))
      const data = [
        word(0x60),
        word(0x80),
        word(0xe0),
        word(0),
        word(list.length),
        ...list,
        word(0),
      ]
      return decode([eventTopic(signature), `0x${word(1)}`, topicOf(A)], data.join('')).events.map(
        ({ kind }) => kind,
      )
    }
    expect(kindsOf([5n, 0n])).toEqual(['liquidity_added'])
    expect(kindsOf([-5n, 0n])).toEqual(['liquidity_removed'])
    expect(kindsOf([0n, 0n])).toEqual([])
  })

  it('the issuer of USDT and of USDC freezes with and without an indexed address', () => {
    const kinds = ['AddedBlackList', 'Blacklisted', 'BlockPlaced'].flatMap((name) => [
      ...decode([eventTopic(`${name}(address)`), topicOf(A)], '').events,
      ...decode([eventTopic(`${name}(address)`)], ZERO + A.slice(2)).events,
    ])
    expect(kinds.map(({ kind, owner }) => [kind, owner])).toEqual(new Array(6).fill(['freeze', A]))
    const destroyed = eventTopic('DestroyedBlackFunds(address,uint256)')
    expect(decode([destroyed], ZERO + A.slice(2) + word(8)).events[0]).toMatchObject({
      kind: 'destroyed_funds',
      owner: A,
      amount: 8n,
    })
  })
})
