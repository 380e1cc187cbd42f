import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeRlp, type Rlp, trimmedBytes } from './rlp.ts'
import { RlpWriter } from './rlp-writer.ts'

const hexText = (bytes: Uint8Array) => `0x${Buffer.from(bytes).toString('hex')}`

/** Writes an item as the writer wants it: last first. */
function write(writer: RlpWriter, item: Rlp): void {
  if (item instanceof Uint8Array) {
    writer.data(hexText(item), 'data')
    return
  }
  const { mark } = writer
  for (const part of item.toReversed()) write(writer, part)
  writer.list(mark)
}

const tree = fc.letrec<{ item: Rlp }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 4 },
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('item'), { maxLength: 6 }),
  ),
})).item

describe('writing RLP from its end', () => {
  it('gives the bytes of the encoder, for any nesting and length', () => {
    const writer = new RlpWriter()
    fc.assert(
      fc.property(tree, (item) => {
        writer.clear()
        write(writer, item)
        expect(hexText(writer.take())).toBe(hexText(encodeRlp(item)))
      }),
    )
  })

  it('writes integers without leading zeros, from texts with and without them', () => {
    const writer = new RlpWriter()
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), fc.nat(3), (value, zeros) => {
        const digits = `${'0'.repeat(zeros)}${value.toString(16)}`.slice(-64)
        writer.clear()
        writer.quantity(`0x${digits}`, 'value')
        expect(hexText(writer.take())).toBe(hexText(encodeRlp(trimmedBytes(BigInt(`0x${digits}`)))))
      }),
    )
  })

  it('grows, and keeps what was written', () => {
    const writer = new RlpWriter()
    writer.clear()
    const large = new Uint8Array(200_000).fill(7)
    write(writer, [large, Uint8Array.of(1), large])
    expect(writer.take()).toEqual(Buffer.from(encodeRlp([large, Uint8Array.of(1), large])))
  })

  it('refuses what is no hex, wherever the wrong character stands', () => {
    const writer = new RlpWriter()
    for (const text of ['0x1', '12', '0xg0', `0x${'0'.repeat(99)}g`, `0x${'é'.repeat(60)}`, null]) {
      writer.clear()
      expect(() => writer.data(text, 'input')).toThrow(
        expect.objectContaining({ code: 'chain.block_malformed', params: { field: 'input' } }),
      )
    }
    for (const text of ['0x', '0xx', `0x${'1'.repeat(65)}`, '-0x1', '0x 1', -1, 0.5, {}]) {
      writer.clear()
      expect(() => writer.quantity(text, 'nonce')).toThrow(
        expect.objectContaining({ code: 'chain.block_malformed', params: { field: 'nonce' } }),
      )
    }
  })
})
