import { secp256k1 } from '@noble/curves/secp256k1.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  blockFile,
  coinbase,
  makeBlock,
  makeTransaction,
  sized,
} from '../../../test/support/bitcoin-block.ts'
import { AppError } from '../../base/error.ts'
import { CHAIN } from '../../model/chain.ts'
import { hash160, idText, sha256d } from './bytes.ts'
import { decodeGetblock } from './json.ts'
import { merkleRoot } from './merkle.ts'
import { bitcoinNetwork } from './network.ts'
import { decodeBitcoinBlocks } from './raw.ts'
import { inputAddress } from './reveal.ts'
import { scriptAddress } from './script.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const network = bitcoinNetwork(CHAIN.bitcoin)
if (network === undefined) throw new Error('Bitcoin is known')

const KEY = Buffer.from(secp256k1.getPublicKey(new Uint8Array(32).fill(3), true))
const SIGNATURE = Buffer.concat([hex('30450221'), Buffer.alloc(67, 5), hex('01')])
const keyScript = Buffer.concat([hex('76a914'), hash160(KEY), hex('88ac')])

const codeOf = (run: () => unknown) => {
  try {
    run()
    return null
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}
const all = (bytes: Uint8Array) => [...decodeBitcoinBlocks(bytes, CHAIN.bitcoin)]

describe('addresses of output scripts', () => {
  it.each([
    // Examples of BIP-173, BIP-350 and of the first block.
    ['0014751e76e8199196d454941c45d1b3a323f1433bd6', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'],
    [
      '5120 79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
      'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
    ],
    ['a914 0000000000000000000000000000000000000000 87', '31h1vYVSYuKP6AhS86fbRdMw9XHieotbST'],
    ['76a914 0000000000000000000000000000000000000000 88ac', '1111111111111111111114oLvT2'],
    [
      '41 04678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5f ac',
      '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
    ],
  ])('%s', (script, address) => {
    expect(scriptAddress(hex(script), network)).toBe(address)
  })

  it.each([
    ['data', '6a0548656c6c6f'],
    ['bare multi-signature', `5121${KEY.toString('hex')}51ae`],
    ['nothing', ''],
    ['a version 0 program of 21 bytes', `0015${'00'.repeat(21)}`],
    ['a key hash with another ending', `76a914${'00'.repeat(20)}88ad`],
  ])('%s has none', (_name, script) => {
    expect(scriptAddress(hex(script), network)).toBeNull()
  })
})

describe('addresses that an input shows', () => {
  const push = (bytes: Uint8Array) => sized(bytes)

  it('a signature and a key show the hash of the key', () => {
    const script = Buffer.concat([push(SIGNATURE), push(KEY)])
    expect(inputAddress(script, [], network)).toBe(scriptAddress(keyScript, network))
    expect(inputAddress(new Uint8Array(0), [SIGNATURE, KEY], network)).toBe(
      scriptAddress(Buffer.concat([hex('0014'), hash160(KEY)]), network),
    )
  })

  it('a nested witness program and a multi-signature script show their script hash', () => {
    const program = Buffer.concat([hex('0014'), hash160(KEY)])
    const expected = (script: Uint8Array) =>
      scriptAddress(Buffer.concat([hex('a914'), hash160(script), hex('87')]), network)
    expect(inputAddress(push(program), [SIGNATURE, KEY], network)).toBe(expected(program))
    const multi = Buffer.concat([hex('5121'), KEY, hex('51ae')])
    const script = Buffer.concat([hex('00'), push(SIGNATURE), push(multi)])
    expect(inputAddress(script, [], network)).toBe(expected(multi))
  })

  it('a taproot leaf shows the address of BIP-341, first vector of its script tests', () => {
    const leaf = hex('20d85a959b0290bf19bb89ed43c916be835475d013da4b362117393e25a48229b8ac')
    const control = hex('c1187791b6f712a8ea41c8ecdd0ee77fab3e85263b37e1ec18a3651926b3a6cf27')
    expect(inputAddress(new Uint8Array(0), [SIGNATURE, leaf, control], network)).toBe(
      'bc1pz37fc4cn9ah8anwm4xqqhvxygjf9rjf2resrw8h8w4tmvcs0863sa2e586',
    )
  })

  it('a lone signature shows nothing', () => {
    expect(inputAddress(push(SIGNATURE), [], network)).toBeNull()
    expect(inputAddress(new Uint8Array(0), [Buffer.alloc(64, 1)], network)).toBeNull()
  })
})

const first = coinbase(900_001, [{ amount: 625_000_000n, script: keyScript }])
const spend = makeTransaction(
  [
    { id: first.id, index: 0, script: hex('51') },
    { id: sha256d(hex('77')), index: 1, script: new Uint8Array(0), witness: [SIGNATURE, KEY] },
  ],
  [
    { amount: 5n, script: keyScript },
    { amount: 0n, script: hex('6a0101') },
  ],
)
const BLOCK = makeBlock({ transactions: [first, spend] })

const idsOf = (bytes: Uint8Array) => all(bytes)[0]?.transactions.map(({ hash }) => hash)

describe('a raw block', () => {
  it('gives all outputs, and inputs with an amount where their output is in it', () => {
    const [block] = all(BLOCK)
    expect(block).toMatchObject({ number: 900_001, hash: idText(sha256d(BLOCK.subarray(0, 80))) })
    const own = scriptAddress(keyScript, network)
    const shown = scriptAddress(Buffer.concat([hex('0014'), hash160(KEY)]), network)
    expect(block?.transfers.map(({ from, to, amount }) => [from, to, amount])).toEqual([
      [null, own, 625_000_000n],
      [own, null, 625_000_000n],
      [shown, null, null],
      [null, own, 5n],
      [null, null, 0n],
    ])
    expect(block?.coverage.inputs).toBe(false)
    expect(block?.transactions.map(({ value }) => value)).toEqual([625_000_000n, 5n])
  })

  it('a file of blocks is read in the order of heights, up to its reserved room', () => {
    const parent = sha256d(BLOCK.subarray(0, 80))
    const next = makeBlock({
      parent,
      version: 1,
      transactions: [coinbase(7, [{ amount: 1n, script: keyScript }])],
    })
    const file = Buffer.concat([blockFile([next, BLOCK]), Buffer.alloc(500)])
    expect(all(file).map(({ number }) => number)).toEqual([900_001, 900_002])
  })

  it('a block of no stated and no linked height is refused', () => {
    const alone = makeBlock({ version: 1, transactions: [first] })
    expect(codeOf(() => all(alone))).toBe('chain.block_height_unknown')
  })

  it('any changed byte gives an expected error', () => {
    fc.assert(
      fc.property(fc.nat(BLOCK.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bad = Buffer.from(BLOCK)
        bad[at] = (bad[at] ?? 0) ^ change
        const code = codeOf(() => all(bad))
        // The witness of this block is committed to by nothing, so it may differ.
        if (code !== null) expect(code).toMatch(/^chain\.block_\w+$/)
        else if (at >= 80) expect(idsOf(bad)).toEqual(idsOf(BLOCK))
      }),
      { numRuns: 1000 },
    )
  })

  it('any cut gives an expected error', () => {
    for (let length = 0; length < BLOCK.length; length++) {
      expect(codeOf(() => all(BLOCK.subarray(0, length)))).toMatch(/^chain\.block_/)
    }
  })

  it('a repeated pair of transactions is no second block of one root', () => {
    const twice = [first, spend, spend].map(({ id }) => id)
    const again = [first, spend, spend, spend].map(({ id }) => id)
    expect(codeOf(() => merkleRoot(twice))).toBeNull()
    expect(codeOf(() => merkleRoot(again))).toBe('chain.block_inconsistent')
  })
})

describe('getblock', () => {
  const header = BLOCK.subarray(0, 80)
  const answer = {
    hash: idText(sha256d(header)),
    height: 900_001,
    version: 4,
    merkleroot: idText(header.subarray(36, 68)),
    previousblockhash: '0'.repeat(64),
    time: 1_700_000_000,
    nonce: header.readUInt32LE(76),
    bits: '207fffff',
    tx: [
      {
        txid: idText(first.id),
        hash: idText(first.id),
        vin: [{ coinbase: '03a1bb0d', sequence: 4294967295 }],
        vout: [{ value: 6.25, n: 0, scriptPubKey: { hex: keyScript.toString('hex') } }],
      },
      {
        txid: idText(spend.id),
        vin: [
          { txid: idText(first.id), vout: 0, scriptSig: { asm: '1', hex: '51' } },
          {
            txid: idText(sha256d(hex('77'))),
            vout: 1,
            scriptSig: { asm: '', hex: '' },
            txinwitness: [SIGNATURE.toString('hex'), KEY.toString('hex')],
          },
        ],
        vout: [
          { value: 0.00000005, n: 0, scriptPubKey: { hex: keyScript.toString('hex') } },
          { value: 0, n: 1, scriptPubKey: { hex: '6a0101', type: 'nulldata' } },
        ],
      },
    ],
  }

  it('gives the same block as the bytes do', () => {
    expect(decodeGetblock(answer, CHAIN.bitcoin)).toEqual(all(BLOCK)[0])
  })

  it('with the spent outputs, amounts of inputs are known', () => {
    const [one, two] = answer.tx
    const script = Buffer.concat([hex('0014'), hash160(KEY)]).toString('hex')
    const prevout = { generated: false, value: 20999999.97690001, scriptPubKey: { hex: script } }
    const vin = two?.vin.map((input) => ({ ...input, prevout }))
    const block = decodeGetblock({ ...answer, tx: [one, { ...two, vin }] }, CHAIN.bitcoin)
    expect(block.coverage.inputs).toBe(true)
    expect(block.transfers[1]?.amount).toBe(2_099_999_997_690_001n)
  })

  it.each([
    ['another hash', { hash: '0'.repeat(64) }, 'chain.block_inconsistent'],
    ['another root', { tx: answer.tx.slice(0, 1) }, 'chain.block_inconsistent'],
    ['ids only', { tx: answer.tx.map(({ txid }) => txid) }, 'chain.block_malformed'],
    ['no height', { height: undefined }, 'chain.block_malformed'],
  ])('%s is refused', (_name, change, code) => {
    expect(codeOf(() => decodeGetblock({ ...answer, ...change }, CHAIN.bitcoin))).toBe(code)
  })
})
