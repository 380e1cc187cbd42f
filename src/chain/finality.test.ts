import { describe, expect, it } from 'vitest'
import { finalByDepth, finalityOf } from './finality.ts'

describe('finality', () => {
  it('keeps what each chain may undo, and every row gives its reason', () => {
    expect(finalityOf('eip155:1')).toMatchObject({ depth: 65, isTagged: true })
    expect(finalityOf('eip155:137').depth).toBe(200)
    expect(finalityOf('eip155:42161').depth).toBe(240)
    expect(finalityOf('bip122:000000000019d6689c085ae165831e93').depth).toBe(12)
    expect(finalityOf('eip155:987654').depth).toBe(30)
    expect(finalityOf('cosmos:hub').depth).toBe(100)
    for (const chain of ['eip155:1', 'eip155:137', 'eip155:5', 'solana:x']) {
      expect(finalityOf(chain).reason.split(' ').length).toBeGreaterThan(3)
    }
  })

  it('never makes final what lies below the genesis', () => {
    expect(finalByDepth(10, 65)).toBe(0)
    expect(finalByDepth(100, 65)).toBe(35)
  })
})
