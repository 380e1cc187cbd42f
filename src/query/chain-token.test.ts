import { describe, expect, it } from 'vitest'
import { keccak256 } from '../base/keccak.ts'
import { presentIn } from './chain-token.ts'

const selector = (signature: string) =>
  Buffer.from(keccak256(Buffer.from(signature))).toString('hex', 0, 4)

describe('functions that are present in code', () => {
  it('are known by the selectors that published contracts have', () => {
    // ERC-20 issuers' mint(address,uint256), OpenZeppelin's pause(), ERC-1967's upgradeTo(address).
    const known = { '40c10f19': 'mint', '8456cb59': 'pause', '3659cfe6': 'upgrade' }
    for (const [bytes, what] of Object.entries(known)) {
      expect(presentIn(`0x63${bytes}14`)).toEqual([what])
    }
  })

  it('are those that the dispatcher compares with', () => {
    expect(presentIn('0x6080604052634')).toEqual([])
    expect(presentIn('0x80638456cb591461000f5780634c')).toEqual(['pause'])
    expect(
      presentIn(`0x63${selector('mint(address,uint256)')}1463${selector('pause()')}14`),
    ).toEqual(['mint', 'pause'])
  })

  it('bytes inside a constant are no code', () => {
    // PUSH32 of a constant that holds PUSH4 and the selector of pause().
    const constant = '638456cb59'.padEnd(64, '0')
    expect(presentIn(`0x7f${constant}00`)).toEqual([])
    expect(presentIn(`0x${constant}`)).toEqual(['pause'])
  })

  it('code that ends inside a constant, and no code at all, hold nothing', () => {
    expect(presentIn('0x638456')).toEqual([])
    expect(presentIn('0x')).toEqual([])
  })
})
