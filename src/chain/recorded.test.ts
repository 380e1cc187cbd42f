import { gzipSync } from 'node:zlib'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { blockFile, coinbase, makeBlock } from '../../test/support/bitcoin-block.ts'
import { generateBlock } from '../../test/support/evm-blocks.ts'
import { AppError } from '../base/error.ts'
import { seededRng } from '../base/rng.ts'
import { CHAIN } from '../model/chain.ts'
import { headerHash } from './evm/header.ts'
import { decodeRlp, encodeRlp, trimmedBytes } from './evm/rlp.ts'
import { listRoot } from './evm/trie.ts'
import { readRecorded } from './recorded.ts'

async function read(source: string | Uint8Array, chain = 'eip155:1') {
  const blocks = []
  for await (const block of readRecorded(source, chain)) blocks.push(block)
  return blocks
}

async function codeOf(source: string | Uint8Array, chain?: string) {
  try {
    await read(source, chain)
    return null
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}

function made(number: number) {
  const { block, receipts } = generateBlock(seededRng(number), { number, transactions: 3 })
  return { block: { ...block, ...rehashed(block) }, receipts: receipts.map(unplaced) }
}

/** The header's own hash, and transactions that do not name another. */
function rehashed(block: Record<string, unknown>) {
  const transactions = (block.transactions as Record<string, unknown>[]).map(unplaced)
  return { hash: headerHash(block), transactions }
}

function unplaced(row: Record<string, unknown>): Record<string, unknown> {
  const { blockHash: _gone, ...rest } = row
  const logs = rest.logs as Record<string, unknown>[] | undefined
  return logs === undefined ? rest : { ...rest, logs: logs.map(unplaced) }
}

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value))

describe('JSON', () => {
  const [one, two] = [made(1), made(2)]

  it.each([
    ['one block with receipts', bytes(one), [1]],
    ['an array', bytes([one, two]), [1, 2]],
    [
      'lines',
      Buffer.concat([bytes(one), Buffer.from('\n'), bytes(two), Buffer.from('\n')]),
      [1, 2],
    ],
    ['a node’s answer', bytes({ jsonrpc: '2.0', id: 1, result: one.block }), [1]],
    ['gzip', gzipSync(bytes([one, two])), [1, 2]],
    ['indented', Buffer.from(JSON.stringify(one, null, 2)), [1]],
    ['a byte-order mark', Buffer.concat([Buffer.from('\uFEFF'), bytes(one)]), [1]],
  ])('%s', async (_name, source, numbers) => {
    expect((await read(source)).map(({ number }) => number)).toEqual(numbers)
  })

  it('a block alone is covered without receipts', async () => {
    expect((await read(bytes(one.block)))[0]?.coverage).toMatchObject({ receipts: false })
    expect((await read(bytes(one)))[0]?.coverage).toEqual({
      receipts: true,
      logs: true,
      traces: false,
      inputs: true,
    })
  })

  it('a hash that cannot be recomputed is said', async () => {
    const cosmos = { ...one, block: { ...one.block, hash: `0x${'1'.repeat(64)}` } }
    const text = JSON.stringify(cosmos).replaceAll('"chainId":"0x1"', '"chainId":"0x19"')
    const [block] = await read(Buffer.from(text), 'eip155:25')
    expect(block?.coverage.gaps).toEqual(['hash_unverified'])
    expect(await codeOf(bytes(cosmos))).toBe('chain.block_inconsistent')
  })

  it.each([
    ['another chain', bytes(one), 'eip155:56', 'chain.recorded_chain'],
    [
      'rows without a block',
      bytes({ traces: [], receipts: [] }),
      'eip155:1',
      'chain.recorded_header',
    ],
    ['something else', bytes({ rows: [] }), 'eip155:1', 'chain.recorded_format'],
    ['a number', bytes([7]), 'eip155:1', 'chain.recorded_format'],
    ['half a file', bytes(one).subarray(0, 900), 'eip155:1', 'chain.recorded_format'],
    ['nothing', Buffer.alloc(0), 'eip155:1', 'chain.recorded_format'],
    ['a page', Buffer.from('<html></html>'), 'eip155:1', 'chain.recorded_format'],
    ['half of gzip', gzipSync(bytes(one)).subarray(0, 50), 'eip155:1', 'chain.recorded_too_large'],
    ['a block of Ethereum as Bitcoin', bytes(one), CHAIN.bitcoin, 'chain.recorded_format'],
  ])('%s is refused', async (_name, source, chain, code) => {
    expect(await codeOf(source, chain)).toBe(code)
  })
})

/** The example of EIP-155, signed by another implementation. */
const account = privateKeyToAccount(`0x${'46'.repeat(32)}`)
const signed = await account.signTransaction({
  type: 'legacy',
  chainId: 1,
  nonce: 9,
  gasPrice: 20_000_000_000n,
  gas: 21_000n,
  to: `0x${'35'.repeat(20)}`,
  value: 10n ** 18n,
})
const EXAMPLE = decodeRlp(Buffer.from(signed.slice(2), 'hex'))

function rlpBlock(root: Uint8Array): Uint8Array {
  const zero = (length: number) => new Uint8Array(length)
  const roots = [zero(32), zero(32), zero(20), zero(32), root, zero(32), zero(256)]
  const counts = [0n, 7n, 30_000_000n, 21_000n, 1_700_000_000n].map(trimmedBytes)
  const header = [...roots, ...counts, zero(3), zero(32), zero(8)]
  return encodeRlp([header, [EXAMPLE], []])
}

describe('RLP', () => {
  const block = rlpBlock(listRoot([encodeRlp(EXAMPLE)]))
  const hex = Buffer.from(block).toString('hex')

  it.each([
    ['bytes', block],
    ['hex', Buffer.from(`0x${hex}\n`)],
    ['hex in lines', Buffer.from(hex.replaceAll(/(.{40})/g, '$1\n'))],
    ['with a difficulty beside it', encodeRlp([decodeRlp(block), trimmedBytes(5n)])],
  ])('%s: the sender is recovered and the outcome is unknown', async (_name, source) => {
    const [read1] = await read(source)
    expect(read1).toMatchObject({ number: 7, at: 1_700_000_000 })
    expect(read1?.transfers).toMatchObject([
      {
        from: '0x9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f',
        to: `0x${'35'.repeat(20)}`,
        amount: 10n ** 18n,
      },
    ])
    expect(read1?.coverage).toMatchObject({ receipts: false, logs: false })
  })

  it('two blocks in one file are two blocks', async () => {
    expect(await read(Buffer.concat([block, block]))).toHaveLength(2)
  })

  it.each([
    ['another root', rlpBlock(new Uint8Array(32)), 'eip155:1', 'chain.block_inconsistent'],
    ['another chain', block, 'eip155:10', 'chain.recorded_chain'],
    ['a cut', block.subarray(0, 400), 'eip155:1', 'chain.recorded_format'],
  ])('%s is refused', async (_name, source, chain, code) => {
    expect(await codeOf(source, chain)).toBe(code)
  })
})

describe('Bitcoin', () => {
  const block = makeBlock({
    transactions: [coinbase(840_123, [{ amount: 5n, script: Buffer.from('6a', 'hex') }])],
  })

  it.each([
    ['bytes', block],
    ['hex', Buffer.from(block.toString('hex'))],
    ['a file of the node', gzipSync(blockFile([block]))],
  ])('%s', async (_name, source) => {
    expect((await read(source, CHAIN.bitcoin)).map(({ number }) => number)).toEqual([840_123])
  })
})
