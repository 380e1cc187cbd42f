import { describe, expect, it } from 'vitest'
import { addressKey, readAddress } from '../address.ts'
import { CHAIN } from '../chain.ts'
import { base58CheckText } from './bitcoin.ts'
import { withChecksum } from './checksum.ts'
import { encodeBase58 } from './encodings.ts'

const first = (text: string) => readAddress(text)[0]
const families = (text: string) => readAddress(text).map((r) => r.family)

describe('Bitcoin and its relatives', () => {
  const hash = Uint8Array.from({ length: 20 }, (_, i) => i * 7 + 1)
  const forms: readonly (readonly [number, readonly string[]])[] = [
    [0x00, ['bitcoin', 'bitcoin_cash', 'bitcoin_sv']],
    [0x05, ['bitcoin', 'litecoin', 'bitcoin_cash', 'bitcoin_sv']],
    [0x1e, ['dogecoin', 'verge']],
    [0x16, ['dogecoin']],
    [0x30, ['litecoin']],
    [0x32, ['litecoin']],
    [0x4c, ['dash']],
    [0x10, ['dash']],
    [0x26, ['bitcoin_gold']],
    [0x17, ['bitcoin_gold']],
    [0x21, ['verge']],
    [0x41, ['tron']],
    [0x6f, ['bitcoin']],
  ]
  it.each(forms)(
    'version %i gives every coin that uses it, the likeliest first',
    (version, want) => {
      const text = base58CheckText(version, hash)
      expect(families(text)).toEqual(want)
      expect(readAddress(text).every((r) => r.checksum === 'ok')).toBe(true)
    },
  )

  it.each([
    [[0x1c, 0xb8], 't1', 'p2pkh'],
    [[0x1c, 0xbd], 't3', 'p2sh'],
  ])('reads Zcash with its two bytes of version', (version, start, variant) => {
    const text = encodeBase58(withChecksum(Uint8Array.of(...version, ...hash)))
    expect(text.startsWith(start)).toBe(true)
    expect(readAddress(text)).toMatchObject([{ family: 'zcash', variant, checksum: 'ok' }])
    const typo = `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`
    expect(first(typo)).toMatchObject({ family: 'zcash', checksum: 'mismatch' })
  })

  it('one script hash has one key, whether Litecoin writes M or 3', () => {
    const older = base58CheckText(0x05, hash)
    const newer = base58CheckText(0x32, hash)
    expect(newer).toMatch(/^M/)
    expect(addressKey(newer)).toBe(older)
    expect(addressKey(older)).toBe(older)
    expect(first(newer)).toMatchObject({ family: 'litecoin', address: newer, key: older })
  })

  it('TRON hex and base58 give one key', () => {
    const text = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
    const hex = '41a614f803b6fd780986a42c78ec9c7f77e6ded13c'
    for (const spelling of [text, hex, hex.toUpperCase(), `0x${hex}`]) {
      expect(addressKey(spelling)).toBe(text)
      expect(first(spelling)).toMatchObject({ family: 'tron', chains: [CHAIN.tron], key: text })
    }
    expect(first(hex)).toMatchObject({ address: text, checksum: 'none' })
  })

  it.each([
    // BIP-173 and BIP-350, invalid addresses: each breaks one rule while its checksum may hold.
    ['tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty', 'unknown network'],
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5', 'wrong checksum'],
    ['BC13W508D6QEJXTDG4Y5R3ZARVARY0C5XW7KN40WF2', 'version 17'],
    ['bc1rw5uspcuh', 'program of one byte'],
    ['BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P', 'version 0 of 16 bytes'],
    ['bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du', 'version 2 in bech32'],
    ['tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3pjxtptv', 'non-zero padding'],
    ['bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sL5k7', 'mixed case'],
    ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd', 'version 1 in bech32'],
    ['bc1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqk4eqjr', 'version 0 in bech32m'],
  ])('%s is no segwit address: %s', (text) => {
    expect(readAddress(text).filter((r) => r.family === 'bitcoin' && r.checksum === 'ok')).toEqual(
      [],
    )
  })

  it('reads a mixed-case bech32 text by its bytes and marks it', () => {
    const text = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kV8F3T4'
    expect(first(text)).toMatchObject({ family: 'bitcoin', checksum: 'mismatch' })
    expect(addressKey(text)).toBe(text.toLowerCase())
  })

  it.each([
    'bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a',
    'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a',
    'QPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVY22GDX6A',
    'BITCOINCASH:QPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVY22GDX6A',
    '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu',
  ])('Bitcoin Cash %s has the key of its oldest spelling', (text) => {
    expect(addressKey(text)).toBe('1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu')
    expect(families(text)).toContain('bitcoin_cash')
  })

  it('reads the token spelling of a cash address as the same hash', () => {
    // CashTokens: type bits 2 and 3 say that the holder can take tokens.
    expect(addressKey('bitcoincash:zpm2qsznhks23z7629mms6s4cwef74vcwvrqekrq9w')).toBe(
      '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu',
    )
  })
})
