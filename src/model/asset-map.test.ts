import { describe, expect, it } from 'vitest'
import { MAPPED_ASSETS, mappedAsset, publisherOfAsset } from './asset-map.ts'
import { caip19Key, isKnownNamespace, parseCaip19 } from './caip.ts'
import { currencyOf } from './currency.ts'

describe('the reviewed table of assets', () => {
  it('has at most a hundred rows, each code and each asset once', () => {
    expect(MAPPED_ASSETS.length).toBeLessThanOrEqual(100)
    expect(new Set(MAPPED_ASSETS.map((row) => row.code)).size).toBe(MAPPED_ASSETS.length)
    expect(new Set(MAPPED_ASSETS.map((row) => row.asset)).size).toBe(MAPPED_ASSETS.length)
  })

  it('names assets by CAIP-19 in the one spelling that look-ups use', () => {
    for (const { asset, code, name } of MAPPED_ASSETS) {
      const parts = parseCaip19(asset)
      expect(parts, code).toBeDefined()
      expect(parts && isKnownNamespace(parts.chain), code).toBe(true)
      expect(parts && caip19Key(parts)).toBe(asset)
      expect(currencyOf(code.toUpperCase()), code).toBeUndefined()
      expect(name).not.toMatch(/_/)
    }
  })

  it('is found by the publisher’s code and by the asset', () => {
    const bitcoin = 'bip122:000000000019d6689c085ae165831e93/slip44:0'
    expect(mappedAsset('currency_api', 'btc')?.asset).toBe(bitcoin)
    expect(publisherOfAsset(bitcoin)?.code).toBe('btc')
    expect(mappedAsset('another_publisher', 'btc')).toBeUndefined()
  })

  it('has no symbol that names a token on several chains', () => {
    for (const code of ['usdt', 'usdc', 'tusd', 'eurc']) {
      expect(mappedAsset('currency_api', code)).toBeUndefined()
    }
  })
})
