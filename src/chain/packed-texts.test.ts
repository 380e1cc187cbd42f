import { describe, expect, it } from 'vitest'
import { addressText } from './packed-texts.ts'

describe('texts of packed addresses', () => {
  it('are those of the bytes, also when more pass than are held', () => {
    const bytes = Buffer.alloc(24)
    for (let round = 0; round < 2; round += 1) {
      for (let i = 0; i < 150_000; i += 1) {
        bytes.writeUInt32LE(i, 2)
        bytes.writeUInt32BE(i % 7, 18)
        const text = addressText(bytes, 2)
        if (text !== `0x${bytes.toString('hex', 2, 22)}`) expect.fail(`${i} became ${text}`)
      }
    }
  })

  it('one text is made for one address', () => {
    const [a, b] = [Buffer.alloc(20, 9), Buffer.alloc(30, 9)]
    expect(addressText(a, 0)).toBe(addressText(b, 10))
  })
})
