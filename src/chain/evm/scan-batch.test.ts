import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prove } from '../../../test/bench/follow-chain.ts'
import { type GeneratedBlock, generateBlock, hexOf } from '../../../test/support/evm-blocks.ts'
import { intBelow, type Rng, seededRng } from '../../base/rng.ts'
import { type BatchBytes, decodeBatch, parseBatch } from '../decode-batch.ts'
import { scanBatch } from './scan-batch.ts'

const CHAIN = 'eip155:1'
const FIRST = 1_000
const RUNS = 800

const address = (rng: Rng) => `0x${hexOf(rng, 20)}`
const hash = (rng: Rng) => `0x${hexOf(rng, 32)}`

/** Another type of transaction than the second, with what belongs to it. */
function retype(tx: Record<string, unknown>, rng: Rng): void {
  const type = intBelow(rng, 5)
  tx.type = `0x${type}`
  const entry = { address: address(rng), storageKeys: [hash(rng), hash(rng)] }
  if (type > 0 && rng() < 0.3) tx.accessList = [entry]
  if (type === 0) {
    for (const name of ['yParity', 'accessList', 'chainId']) if (rng() < 0.7) delete tx[name]
    tx.v = '0x26'
  }
  if (type === 1 && rng() < 0.5) delete tx.yParity
  if (type >= 3) tx.to ??= address(rng)
  if (type === 3) {
    tx.blobVersionedHashes = [hash(rng)]
    tx.maxFeePerBlobGas = '0x77'
  }
  if (type === 4) {
    const signed = { chainId: '0x1', nonce: '0x3', yParity: '0x0', r: hash(rng), s: '0x12' }
    tx.authorizationList = [{ ...signed, address: address(rng) }]
  }
}

/** Two blocks in a row whose hashes and roots all fit. */
function blocksOf(seed: number, transactions: number): readonly GeneratedBlock[] {
  const rng = seededRng(seed)
  let parent = hash(rng)
  return [FIRST, FIRST + 1].map((number) => {
    const made = generateBlock(rng, { number, transactions })
    for (const [i, tx] of (made.block.transactions as Record<string, unknown>[]).entries()) {
      if (rng() < 0.5) retype(tx, rng)
      const receipt = made.receipts[i] as Record<string, unknown>
      receipt.to = tx.to
      receipt.type = tx.type
    }
    prove(made, parent)
    parent = String(made.block.hash)
    return made
  })
}

function textOf(blocks: readonly GeneratedBlock[]): string {
  const results = blocks.flatMap(({ block, receipts }) => [block, receipts])
  return JSON.stringify(results.map((result, id) => ({ jsonrpc: '2.0', id, result })))
}

const batchOf = (text: string, roots = true): BatchBytes => ({
  chain: CHAIN,
  roots,
  wanted: [FIRST, FIRST + 1].map((number) => ({ number, hash: null })),
  ids: [0, 1, 2, 3],
  body: Buffer.from(text),
})

const hexed = (rows: readonly Uint8Array[] | null) =>
  rows?.map((row) => Buffer.from(row).toString('hex')) ?? null

/** Scanning gives up, or agrees; both ways together are the oracle. */
function agrees(batch: BatchBytes): 'scanned' | 'given up' {
  const [scanned, parsed] = [hexed(scanBatch(batch)), hexed(parseBatch(batch))]
  if (scanned !== null) expect(scanned).toEqual(parsed)
  expect(hexed(decodeBatch(batch))).toEqual(parsed)
  return scanned === null ? 'given up' : 'scanned'
}

const OTHERS = [
  'null',
  '0',
  '7',
  '""',
  '"0x"',
  '"0x0"',
  '"0x1"',
  '[]',
  '{}',
  'true',
  '1e3',
  '"0xzz"',
]

/** One member becomes another, is dropped, stands twice, or has one digit changed. */
function mutated(text: string, rng: Rng): string {
  const members = [...text.matchAll(/"(\w+)":("[^"]*"|\w+|\[\])/g)]
  const member = members[intBelow(rng, members.length)] as RegExpExecArray
  const [whole, name, value] = member as unknown as [string, string, string]
  const at = intBelow(rng, value.length)
  const digit = '0123456789abcdefA"'[intBelow(rng, 18)] ?? '0'
  const other = OTHERS[intBelow(rng, OTHERS.length)] ?? 'null'
  const changed = [
    `"${name}":${other}`,
    '"gone":1',
    `${whole},${whole}`,
    `"${name}":${value.slice(0, at)}${digit}${value.slice(at + 1)}`,
    `"${name}":${value.toUpperCase().replace('0X', '0x')}`,
  ][intBelow(rng, 5)]
  return text.slice(0, member.index) + changed + text.slice(member.index + whole.length)
}

describe('a batch that is scanned', () => {
  it('gives the rows of the parsed one, for every type of transaction', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(12), (seed, transactions) => {
        const batch = batchOf(textOf(blocksOf(seed, transactions)))
        expect(parseBatch(batch)).not.toBeNull()
        expect(agrees(batch)).toBe('scanned')
      }),
      { numRuns: 60 },
    )
  })

  it.each([true, false])('never says other than the parsed one, roots: %s', (roots) => {
    const texts = Array.from({ length: 10 }, (_, base) => textOf(blocksOf(base, 3)))
    const seen = { scanned: 0, 'given up': 0 }
    fc.assert(
      fc.property(fc.nat(), fc.nat(9), (seed, base) => {
        const text = mutated(texts[base] as string, seededRng(seed))
        seen[agrees(batchOf(text, roots))] += 1
      }),
      { numRuns: RUNS },
    )
    expect(seen['given up']).toBeGreaterThan(RUNS / 20)
    expect(seen.scanned).toBeGreaterThan(RUNS / 40)
  })

  it('is not scanned when its answers come in another order, and is read all the same', () => {
    const results = JSON.parse(textOf(blocksOf(3, 4))) as unknown[]
    const batch = batchOf(JSON.stringify(results.toReversed()))
    expect(agrees(batch)).toBe('given up')
    expect(decodeBatch(batch)).toHaveLength(2)
  })

  it('is refused by both where it is of another number, another hash or cut', () => {
    const text = textOf(blocksOf(5, 3))
    const batch = batchOf(text)
    const [first, second] = batch.wanted as [BatchBytes['wanted'][0], BatchBytes['wanted'][0]]
    const turned = { ...batch, wanted: [second, first] }
    const other = { ...batch, wanted: [{ ...first, hash: `0x${'1'.repeat(64)}` }, second] }
    for (const bad of [turned, other, batchOf(text.slice(0, -1)), batchOf(`${text}]`)]) {
      expect(agrees(bad)).toBe('given up')
      expect(decodeBatch(bad)).toBeNull()
    }
  })
})
