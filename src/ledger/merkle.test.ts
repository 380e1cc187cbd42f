import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Frontier, leafHash } from './merkle.ts'

/** The definition of RFC 6962 §2.1, written as it stands there. */
function mth(leaves: readonly Buffer[]): Buffer {
  const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
  const [only] = leaves
  if (only === undefined) return sha()
  if (leaves.length === 1) return sha(Buffer.from([0]), only)
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha(Buffer.from([1]), mth(leaves.slice(0, k)), mth(leaves.slice(k)))
}

describe('the Merkle frontier', () => {
  it('gives the root that RFC 6962 defines, for every size', () => {
    const frontier = new Frontier()
    const leaves: Buffer[] = []
    expect(frontier.root().toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
    for (let i = 0; i < 70; i += 1) {
      leaves.push(Buffer.from(`leaf ${i} ä 漢`))
      frontier.append(leafHash(`leaf ${i} ä 漢`))
      expect(frontier.root().equals(mth(leaves)), `size ${i + 1}`).toBe(true)
    }
  })

  it('goes on after being stored and read back, at any size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 1, max: 50 }),
        (size, more) => {
          const whole = new Frontier()
          for (let i = 0; i < size; i += 1) whole.append(leafHash(`x${i}`))
          const again = Frontier.fromBytes(size, whole.toBytes())
          for (let i = 0; i < more; i += 1) {
            whole.append(leafHash(`y${i}`))
            again.append(leafHash(`y${i}`))
          }
          return again.root().equals(whole.root()) && again.size === size + more
        },
      ),
      { numRuns: 60 },
    )
  })

  it('refuses a stored frontier that does not fit its size', () => {
    const frontier = new Frontier()
    for (let i = 0; i < 5; i += 1) frontier.append(leafHash(`x${i}`))
    expect(() => Frontier.fromBytes(7, frontier.toBytes())).toThrow(/fits its size/)
    expect(() => Frontier.fromBytes(5, frontier.toBytes().subarray(1))).toThrow(/whole hashes/)
  })
})
