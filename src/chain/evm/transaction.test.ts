import fc from 'fast-check'
import { keccak256, serializeTransaction, toRlp } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../base/error.ts'
import { decodeRlp, encodeRlp, type Rlp } from './rlp.ts'
import { readRawTransaction } from './transaction.ts'
import { listRoot } from './trie.ts'

const hex = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((array) => `0x${Buffer.from(array).toString('hex')}` as const)
const key = hex(32).filter((text) => {
  const value = BigInt(text)
  return value > 0n && value < 2n ** 255n
})
const fields = fc.record({
  chainId: fc.integer({ min: 1, max: 2 ** 31 }),
  nonce: fc.nat(1_000_000),
  gas: fc.bigInt(21_000n, 30_000_000n),
  to: fc.option(hex(20)),
  value: fc.bigInt(0n, 2n ** 100n),
  data: fc.uint8Array({ maxLength: 80 }).map((b) => `0x${Buffer.from(b).toString('hex')}` as const),
  accessList: fc.array(
    fc.record({ address: hex(20), storageKeys: fc.array(hex(32), { maxLength: 3 }) }),
    { maxLength: 3 },
  ),
})
const FEES = { maxFeePerGas: 30n * 10n ** 9n, maxPriorityFeePerGas: 10n ** 9n }
const to = `0x${'12'.repeat(20)}` as const

/** A block holds a legacy transaction as a list, and any other as bytes. */
function inBlock(raw: `0x${string}`): Rlp {
  const bytes = Buffer.from(raw.slice(2), 'hex')
  return (bytes[0] ?? 0) >= 0xc0 ? decodeRlp(bytes) : bytes
}

describe.each(['legacy', 'eip2930', 'eip1559', 'eip4844', 'eip7702'] as const)('%s', (type) => {
  it('reads what another implementation signed, and recovers who signed it', async () => {
    await fc.assert(
      fc.asyncProperty(key, fields, async (secret, made) => {
        const account = privateKeyToAccount(secret)
        const { accessList, ...plain } = made
        const base = { ...plain, to: made.to ?? undefined }
        const price = { gasPrice: 10n ** 9n }
        const blob = { maxFeePerBlobGas: 7n, blobVersionedHashes: [`0x01${'ab'.repeat(31)}`] }
        const whole = {
          legacy: { type: 'legacy', ...base, ...price },
          eip2930: { type: 'eip2930', ...base, ...price, accessList },
          eip1559: { type: 'eip1559', ...base, ...FEES, accessList },
          eip4844: { type: 'eip4844', ...base, ...FEES, ...blob, accessList, to: made.to ?? to },
          eip7702: {
            type: 'eip7702',
            ...base,
            ...FEES,
            accessList,
            to: made.to ?? to,
            authorizationList: [
              { address: to, chainId: 1, nonce: 0, r: '0x1', s: '0x2', yParity: 0 },
            ],
          },
        }[type]
        const raw = await account.signTransaction(
          whole as Parameters<typeof account.signTransaction>[0],
          { serializer: serializeTransaction },
        )
        const read = readRawTransaction(inBlock(raw))
        const expectedTo = 'to' in whole ? (whole.to ?? null) : null
        expect(read).toMatchObject({
          hash: keccak256(raw),
          from: account.address.toLowerCase(),
          to: expectedTo,
          value: made.value,
          nonce: BigInt(made.nonce),
          chainId: BigInt(made.chainId),
        })
        expect(`0x${Buffer.from(read.input).toString('hex')}`).toBe(made.data)
      }),
      { numRuns: 20 },
    )
  })
})

describe('RLP', () => {
  it('encodes as viem does, and decodes what it encoded', () => {
    const { item } = fc.letrec<{ item: Rlp }>((tie) => ({
      item: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.uint8Array({ maxLength: 70 }),
        fc.array(tie('item'), { maxLength: 5 }),
      ),
    }))
    fc.assert(
      fc.property(item, (value) => {
        const encoded = encodeRlp(value)
        expect(Buffer.from(encoded).toString('hex')).toBe(toRlp(value as Uint8Array).slice(2))
        expect(Buffer.from(encodeRlp(decodeRlp(encoded)))).toEqual(Buffer.from(encoded))
      }),
    )
  })

  it('any bytes give an item or an expected error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          expect(Buffer.from(encodeRlp(decodeRlp(bytes)))).toEqual(Buffer.from(bytes))
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('the root of nothing is that of every empty block', () => {
    expect(Buffer.from(listRoot([])).toString('hex')).toBe(
      '56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
    )
  })
})
