import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generateBlock } from '../../../test/support/evm-blocks.ts'
import { AppError } from '../../base/error.ts'
import { intBelow, seededRng } from '../../base/rng.ts'
import { createAddress, decodeEvmBlock } from './block.ts'

const h = (digit: string) => `0x${digit.repeat(64)}`
const a = (digit: string) => `0x${digit.repeat(40)}`

const BLOCK = {
  number: '0x64',
  hash: h('a'),
  parentHash: h('9'),
  timestamp: '0x65000000',
  transactions: [
    {
      hash: h('1'),
      from: a('1'),
      to: a('2'),
      value: '0xde0b6b3a7640000',
      input: '0x',
      nonce: '0x0',
      gas: '0x5208',
      transactionIndex: '0x0',
      blockHash: h('a'),
      blockNumber: '0x64',
    },
    {
      hash: h('2'),
      from: a('1'),
      to: null,
      value: '0x0',
      input: '0x6080',
      nonce: 1,
      gas: '0xffff',
    },
    { hash: h('3'), from: a('3'), to: a('4'), value: '0x5', input: '0xA9059CBB00', nonce: '0x2' },
  ],
}
const receipt = (digit: string, fields: object) => ({
  transactionHash: h(digit),
  status: '0x1',
  logs: [],
  ...fields,
})
const RECEIPTS = [
  receipt('1', {}),
  receipt('2', { contractAddress: a('c') }),
  receipt('3', { status: '0x0', logs: [] }),
]

const decode = (parts: object = {}) =>
  decodeEvmBlock({
    chain: 'eip155:1',
    block: BLOCK,
    receipts: RECEIPTS,
    logs: null,
    traces: null,
    ...parts,
  })

const codeOf = (run: () => unknown) => {
  try {
    run()
    return null
  } catch (error) {
    return error instanceof AppError ? error.code : 'not expected'
  }
}

describe('a block with receipts', () => {
  it('counts the value of a transaction that went well, and not of one that failed', () => {
    const block = decode()
    expect(block).toMatchObject({ number: 100, hash: h('a'), parent: h('9'), at: 0x65000000 })
    expect(block.transactions.map(({ status }) => status)).toEqual(['success', 'success', 'failed'])
    expect(block.transfers).toEqual([
      {
        ordinal: 0,
        standard: 'native',
        token: null,
        from: a('1'),
        to: a('2'),
        amount: 10n ** 18n,
        tokenId: null,
        tx: h('1'),
        txIndex: 0,
        logIndex: null,
        isInternal: false,
      },
    ])
    expect(block.transactions[2]?.selector).toBe('0xa9059cbb')
    expect(block.coverage).toEqual({ receipts: true, logs: true, traces: false, inputs: true })
  })

  it('names the contract that a transaction made', () => {
    expect(decode().transactions[1]?.created).toBe(a('c'))
    expect(decode().events).toMatchObject([{ kind: 'created', owner: a('1'), spender: a('c') }])
  })

  it('names a missing receipt and leaves its transaction unknown', () => {
    const block = decode({ receipts: RECEIPTS.slice(0, 2) })
    expect(block.coverage).toMatchObject({ receipts: false, logs: false })
    expect(block.coverage.gaps).toEqual(['receipts_missing'])
    expect(block.transactions[2]?.status).toBe('unknown')
  })
})

describe('a block without receipts', () => {
  it('keeps values, marks the outcome unknown, and computes the address of a new contract', () => {
    const block = decode({ receipts: null })
    expect(block.transfers.map(({ amount }) => amount)).toEqual([10n ** 18n, 5n])
    expect(block.transactions.map(({ status }) => status)).toEqual(new Array(3).fill('unknown'))
    expect(block.transactions[1]?.created).toBe(createAddress(a('1'), 1n))
    expect(block.coverage).toEqual({ receipts: false, logs: false, traces: false, inputs: true })
  })

  it('takes logs alone', () => {
    const topic = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
    const word = (digit: string) => `0x${'0'.repeat(24)}${digit.repeat(40)}`
    const log = {
      address: a('e'),
      topics: [topic, word('1'), word('2')],
      data: `0x${'7'.padStart(64, '0')}`,
      transactionHash: h('3'),
      logIndex: '0x4',
      blockHash: h('a'),
    }
    const block = decode({ receipts: null, logs: [log] })
    expect(block.transfers[2]).toMatchObject({ token: a('e'), amount: 7n, txIndex: 2, logIndex: 4 })
    expect(block.coverage).toMatchObject({ receipts: false, logs: true })
    expect(codeOf(() => decode({ receipts: null, logs: [{ ...log, removed: true }] }))).toBe(
      'chain.block_inconsistent',
    )
  })

  it('a creation address is that of the published example', () => {
    expect(createAddress('0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0', 1n)).toBe(
      '0x343c43a37d37dff08ae8c4a11544c718abb4fcf8',
    )
  })
})

describe('before Byzantium', () => {
  it('gas to spare means success, and all gas used stays unknown', () => {
    const receipts = [
      { transactionHash: h('1'), root: h('7'), gasUsed: '0x5208', logs: [] },
      { transactionHash: h('2'), root: h('7'), gasUsed: '0xfff', logs: [] },
      { transactionHash: h('3'), logs: [] },
    ]
    const { transactions } = decode({ receipts })
    expect(transactions.map(({ status }) => status)).toEqual(['unknown', 'success', 'unknown'])
  })
})

const call = (fields: object) => ({
  type: 'CALL',
  from: a('2'),
  to: a('5'),
  value: '0x0',
  ...fields,
})

describe('traces', () => {
  const inner = (result: object) => decode({ traces: [{ txHash: h('1'), result }] })

  it('calls inside move value, and what failed takes its own calls with it', () => {
    const block = inner(
      call({
        value: '0xde0b6b3a7640000',
        calls: [
          call({ value: '0x1' }),
          call({ type: 'DELEGATECALL', value: '0x2' }),
          call({ value: '0x3', error: 'execution reverted', calls: [call({ value: '0x4' })] }),
          call({ type: 'STATICCALL', value: undefined, calls: [] }),
          call({ type: 'CREATE2', value: '0x5', to: a('d') }),
          call({ type: 'SELFDESTRUCT', value: '0x6', to: a('8') }),
        ],
      }),
    )
    const internal = block.transfers.filter(({ isInternal }) => isInternal)
    expect(internal.map(({ amount, to }) => [amount, to])).toEqual([
      [1n, a('5')],
      [5n, a('d')],
      [6n, a('8')],
    ])
    expect(block.events.map(({ kind, spender }) => [kind, spender])).toContainEqual([
      'created',
      a('d'),
    ])
    expect(block.coverage).toMatchObject({ traces: false, gaps: ['traces_missing'] })
  })

  it('a flat list says the same', () => {
    const flat = (path: number[], action: object, fields: object = {}) => ({
      action: { callType: 'call', from: a('2'), to: a('5'), value: '0x0', ...action },
      transactionHash: h('1'),
      traceAddress: path,
      type: 'call',
      ...fields,
    })
    const block = decode({
      traces: [
        flat([], { value: '0x9' }),
        flat([0], { value: '0x1' }),
        flat([1], { value: '0x3' }, { error: 'Reverted' }),
        flat([1, 0], { value: '0x4' }),
        flat([2], { value: '0x7' }, { type: 'create', result: { address: a('d') } }),
        { type: 'reward', action: { value: '0x1' }, traceAddress: [] },
      ],
    })
    const internal = block.transfers.filter(({ isInternal }) => isInternal)
    expect(internal.map(({ amount, to }) => [amount, to])).toEqual([
      [1n, a('5')],
      [7n, a('d')],
    ])
  })

  it('a failed outermost call tells a failed transaction where no receipt does', () => {
    const traces = [{ txHash: h('1'), result: call({ error: 'out of gas' }) }]
    const block = decode({ receipts: null, traces })
    expect(block.transactions[0]?.status).toBe('failed')
    expect(block.transfers.map(({ tx }) => tx)).toEqual([h('3')])
  })

  it('a tree 100,000 calls deep ends in an answer and not in the stack', () => {
    let frame: object = call({ value: '0x1' })
    for (let i = 0; i < 100_000; i++) frame = call({ calls: [frame] })
    expect(inner(call({ calls: [frame] })).transfers.length).toBe(2)
  })
})

describe('answers that cannot be', () => {
  it.each([
    ['no object', { block: 7 }, 'chain.block_malformed'],
    ['hashes only', { block: { ...BLOCK, transactions: [h('1')] } }, 'chain.block_malformed'],
    ['a pending block', { block: { ...BLOCK, hash: null } }, 'chain.block_malformed'],
    ['a fraction', { block: { ...BLOCK, number: 1.5 } }, 'chain.block_malformed'],
    ['a negative time', { block: { ...BLOCK, timestamp: -1 } }, 'chain.block_malformed'],
    ['a number past 2^53', { block: { ...BLOCK, number: 2 ** 60 } }, 'chain.block_malformed'],
    ['decimal text', { block: { ...BLOCK, number: '100' } }, 'chain.block_malformed'],
    ['a status of 2', { receipts: [receipt('1', { status: '0x2' })] }, 'chain.block_malformed'],
    ['a stranger', { receipts: [receipt('f', {})] }, 'chain.block_inconsistent'],
    ['one twice', { receipts: [RECEIPTS[0], RECEIPTS[0]] }, 'chain.block_inconsistent'],
    [
      'another block',
      { receipts: [receipt('1', { blockHash: h('b') })] },
      'chain.block_inconsistent',
    ],
    [
      'two transactions of one hash',
      { block: { ...BLOCK, transactions: [BLOCK.transactions[0], BLOCK.transactions[0]] } },
      'chain.block_inconsistent',
    ],
  ])('%s', (_name, parts, code) => {
    expect(codeOf(() => decode(parts))).toBe(code)
  })

  it('every mutation of a block gives a block or an expected error', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const rng = seededRng(seed)
        const made = generateBlock(rng, { number: 7, transactions: 4 })
        mutate(rng, made as unknown as Record<string, unknown>)
        const code = codeOf(() =>
          decodeEvmBlock({ chain: 'eip155:1', ...made, logs: null, traces: null }),
        )
        expect([null, 'chain.block_malformed', 'chain.block_inconsistent']).toContain(code)
      }),
      { numRuns: 500 },
    )
  })
})

const ODD = [null, 0, -1, 1.5, '', '0x', '0xzz', 'abc', [], {}, true, '0x0', 2 ** 53, undefined]

/** One member somewhere becomes something else, or goes. */
function mutate(rng: () => number, root: Record<string, unknown>): void {
  let at: Record<string, unknown> = root
  for (;;) {
    const keys = Object.keys(at)
    const key = keys[intBelow(rng, keys.length)]
    if (key === undefined) return
    const value = at[key]
    if (typeof value === 'object' && value !== null && rng() < 0.9) {
      at = value as Record<string, unknown>
      continue
    }
    at[key] = ODD[intBelow(rng, ODD.length)]
    return
  }
}

describe('several calls in one transaction', () => {
  it('are one native transfer each', () => {
    const tx = {
      hash: h('1'),
      from: a('1'),
      calls: [
        { to: a('2'), value: '0x3', input: '0xa9059cbb' },
        { to: a('3'), value: '0x0', data: '0x' },
        { to: a('4'), value: '0x4' },
      ],
    }
    const block = decode({ block: { ...BLOCK, transactions: [tx] }, receipts: null })
    expect(block.transfers.map(({ to, amount }) => [to, amount])).toEqual([
      [a('2'), 3n],
      [a('4'), 4n],
    ])
    expect(block.transactions[0]).toMatchObject({ to: a('2'), value: 7n, selector: '0xa9059cbb' })
  })
})
