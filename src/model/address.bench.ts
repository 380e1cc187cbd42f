import { bench, run, summary } from 'mitata'
import { getAddress, isAddress } from 'viem/utils'
import { intBelow, seededRng } from '../base/rng.ts'
import { base58CheckText } from './address/bitcoin.ts'
import { addressKey, readAddress } from './address.ts'
import { recognise } from './identifier.ts'
import { keysOfStatement } from './key.ts'

/** Distinct addresses: viem keeps its last 8,192 answers, which would measure its cache. */
const COUNT = 65_536
const rng = seededRng(7)
const bytes = (length: number) => Uint8Array.from({ length }, () => intBelow(rng, 256))
const evm = Array.from(
  { length: COUNT },
  () => `0x${Buffer.from(bytes(20)).toString('hex')}` as const,
)
const bitcoin = Array.from({ length: COUNT }, (_, i) =>
  base58CheckText(i % 2 ? 0x05 : 0, bytes(20)),
)
const hosts = evm.map((text, i) => `www.${text.slice(2, 14)}.${i % 2 ? 'com' : 'pages.dev'}`)
const names = evm.map((text) => `Example ${text.slice(2, 10)} Holdings Ltd`)
const tags = bitcoin.map((address) =>
  JSON.stringify({ address, category: 'exchange', confidence: 'web_crawl', currency: 'BTC' }),
)

function cycle<T>(items: readonly T[], use: (item: T) => unknown): () => unknown {
  let at = 0
  return () => use(items[at++ & (COUNT - 1)] as T)
}

/** Ceilings that the whole verdict leaves to its first step: see the figures. */
summary(() => {
  bench('addressKey: EVM', cycle(evm, addressKey)).baseline(true)
  bench('addressKey: Bitcoin base58', cycle(bitcoin, addressKey))
  bench(
    'keysOfStatement: tag, value parsed here',
    cycle(tags, (value) => keysOfStatement({ prop: 'tag', value })),
  )
})
summary(() => {
  bench('readAddress: EVM with EIP-55', cycle(evm, readAddress)).baseline(true)
  bench(
    'viem isAddress and getAddress: EVM',
    cycle(evm, (text) => isAddress(text) && getAddress(text)),
  )
})
summary(() => {
  bench(
    'recognise: EVM',
    cycle(evm, (text) => recognise(text)),
  ).baseline(true)
  bench(
    'recognise: Bitcoin',
    cycle(bitcoin, (text) => recognise(text)),
  )
  bench(
    'recognise: host',
    cycle(hosts, (text) => recognise(text)),
  )
  bench(
    'recognise: name',
    cycle(names, (text) => recognise(text)),
  )
})

if (import.meta.main) await run()
