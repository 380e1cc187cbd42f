import { CHAIN, EVM_MAJOR_CHAINS } from '../chain.ts'
import { isCardanoPrefix } from './cardano.ts'
import { isCosmosPrefix } from './cosmos.ts'
import type { AddressReading } from './reading.ts'
import { hasBech32Shape, isSegwitPrefix } from './segwit.ts'

type Guess = Pick<AddressReading, 'family' | 'variant' | 'chains'>

const guess = (family: Guess['family'], ...chains: string[]): Guess => ({
  family,
  variant: 'unknown',
  chains,
})

/** Forms that are so particular that a text of this shape is an address with a wrong character. */
const SHAPES: readonly (readonly [RegExp, Guess])[] = [
  [/^0[xX][0-9a-fA-F]{39}$|^0[xX][0-9a-fA-F]{41}$/, guess('evm', ...EVM_MAJOR_CHAINS)],
  [/^[13][1-9A-HJ-NP-Za-km-z]{25,33}$/, guess('bitcoin', CHAIN.bitcoin)],
  [/^T[1-9A-HJ-NP-Za-km-z]{33}$/, guess('tron', CHAIN.tron)],
  [/^[LM][1-9A-HJ-NP-Za-km-z]{33}$/, guess('litecoin', CHAIN.litecoin)],
  [/^D[1-9A-HJ-NP-Za-km-z]{33}$/, guess('dogecoin', CHAIN.dogecoin)],
  [/^X[1-9A-HJ-NP-Za-km-z]{33}$/, guess('dash', CHAIN.dash)],
  [/^t[13][1-9A-HJ-NP-Za-km-z]{33}$/, guess('zcash', CHAIN.zcash)],
  [/^r[1-9A-HJ-NP-Za-km-z]{26,34}$/, guess('xrp', CHAIN.xrp)],
  [/^[48][1-9A-HJ-NP-Za-km-z]{94}$/, guess('monero', CHAIN.monero)],
  [/^(?:tz[1-4]|KT1)[1-9A-HJ-NP-Za-km-z]{33}$/, guess('tezos', CHAIN.tezos)],
  [/^(?:Ae2|Ddz)[1-9A-HJ-NP-Za-km-z]{50,110}$/, guess('cardano', CHAIN.cardano)],
  [/^G[A-Z2-7]{55}$/, guess('stellar', CHAIN.stellar)],
  [/^[A-Z2-7]{58}$/, guess('algorand', CHAIN.algorand)],
  [/^[EU][Qf][A-Za-z0-9+/_-]{46}$/, guess('ton', CHAIN.ton)],
  [/^bitcoincash:[qp][02-9ac-hj-np-z]{41}$/i, guess('bitcoin_cash', CHAIN.bitcoinCash)],
]

/**
 * The family that a text was meant for when no checksum holds: 41 hex digits are no Ethereum
 * address, and a reader should be told so. Answers `undefined` when the form is not particular.
 */
export function guessFamily(text: string): Guess | undefined {
  if (hasBech32Shape(text)) {
    const hrp = text.slice(0, text.lastIndexOf('1')).toLowerCase()
    if (isSegwitPrefix(hrp)) {
      return hrp.endsWith('ltc')
        ? guess('litecoin', CHAIN.litecoin)
        : guess('bitcoin', CHAIN.bitcoin)
    }
    if (isCardanoPrefix(hrp)) return guess('cardano', CHAIN.cardano)
    if (isCosmosPrefix(hrp) && text.length > 38) return guess('cosmos')
  }
  return SHAPES.find(([shape]) => shape.test(text))?.[1]
}
