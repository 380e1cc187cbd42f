import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalAddress, couldBeAddress } from './wallet.ts'

describe('couldBeAddress', () => {
  it.each([
    '1LjnNXneCHGZmJjkdnz7fi2gh3kN9voLpK',
    'bc1q0c592y6stu9qxp945gvl63wdyuvjhwe9ztlazz',
    '0xd27f06862a2bcea688f6d3ccfd98256b1b407250',
    '0xD27F06862A2BCEA688F6D3CCFD98256B1B407250',
    'TG4MR2rfVKkK9Wn1dZvHyC9Z6vTcKkoE4Y',
    'b89494bee6a3672d8f9c0622c2b5b37eda71454532df47cce68f7b3c4e9d1e47',
    'qpf2cphc5dkuclkqur7lhj2yuqq9pk3hmukle77vhq',
    'bitcoincash:qpf2cphc5dkuclkqur7lhj2yuqq9pk3hmukle77vhq',
  ])('takes %s', (text) => {
    expect(couldBeAddress(text)).toBe(true)
  })

  it.each([
    '',
    'THIS IS NOT AN ADDRESS',
    'thisisaplainwordoflettersonly',
    'test',
    "=cmd|' /C calc'!A0",
    '<script>alert(1)</script>',
    '0xd27f06862a2bcea688f6d3ccfd98256b1b40725',
    '0xnothexnothexnothexnothexnothexnothexnoth',
    `1${'a'.repeat(200)}`,
    'https://example.org/1LjnNXneCHGZmJjkdnz7fi2gh3kN9voLpK',
  ])('refuses %j', (text) => {
    expect(couldBeAddress(text)).toBe(false)
  })

  it('refuses every text with white space, quotes or markup in it', () => {
    const bad = fc.constantFrom(' ', '\n', '"', "'", '<', '>', '=', ';', ',')
    fc.assert(
      fc.property(fc.string(), bad, fc.string(), (a, b, c) => {
        expect(couldBeAddress(a + b + c)).toBe(false)
      }),
    )
  })
})

describe('canonicalAddress', () => {
  it('writes an EVM account in one way, and leaves every other address as it is', () => {
    const upper = '0xD27F06862A2BCEA688F6D3CCFD98256B1B407250'
    expect(canonicalAddress(upper)).toBe(upper.toLowerCase())
    const base58 = 'TG4MR2rfVKkK9Wn1dZvHyC9Z6vTcKkoE4Y'
    expect(canonicalAddress(base58)).toBe(base58)
  })
})
