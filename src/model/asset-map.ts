import { CHAIN } from './chain.ts'

/** An asset that a publisher quotes under a code of its own, and what that code stands for. */
export interface MappedAsset {
  readonly dataset: string
  /** The publisher's code, in lower case. */
  readonly code: string
  readonly name: string
  /** CAIP-19. */
  readonly asset: string
}

/**
 * Codes of `currency_api` that are coins of a chain: publisher's code, name, chain, SLIP-44 number.
 *
 * How each row was reviewed: the publisher's own list of names gives this name for the code; the
 * chain is the one whose coin it is (its CAIP-2 id as `model/chain.ts` has it); the number is the
 * one that SLIP-0044 registers for that coin. A row is left out where the coin moved to another
 * chain, is issued on several, or where the publisher's name is empty or another one.
 */
const COINS = `
btc Bitcoin ${CHAIN.bitcoin} 0
ltc Litecoin ${CHAIN.litecoin} 2
doge Dogecoin ${CHAIN.dogecoin} 3
dash Dash ${CHAIN.dash} 5
eth Ethereum eip155:1 60
etc Ethereum_Classic eip155:61 61
atom Cosmos ${CHAIN.cosmosHub} 118
xmr Monero ${CHAIN.monero} 128
zec Zcash ${CHAIN.zcash} 133
xrp XRP ${CHAIN.xrp} 144
bch Bitcoin_Cash ${CHAIN.bitcoinCash} 145
xlm Stellar_Lumen ${CHAIN.stellar} 148
trx TRON ${CHAIN.tron} 195
bsv Bitcoin_SV ${CHAIN.bitcoinSv} 236
algo Algorand ${CHAIN.algorand} 283
dot Polkadot ${CHAIN.polkadot} 354
cro Cronos eip155:25 394
near NEAR near:mainnet 397
ksm Kusama ${CHAIN.kusama} 434
sol Solana ${CHAIN.solana} 501
xdc XDC_Network eip155:50 550
flr Flare eip155:14 554
apt Aptos ${CHAIN.aptos} 637
bnb BNB eip155:56 714
sui Sui ${CHAIN.sui} 784
xtz Tezos ${CHAIN.tezos} 1729
ada Cardano ${CHAIN.cardano} 1815
hbar Hedera ${CHAIN.hedera} 3030
stx Stacks ${CHAIN.stacks} 5757
avax Avalanche eip155:43114 9005
celo Celo eip155:42220 52752`

/**
 * Codes of `currency_api` that are ERC-20 tokens issued on Ethereum: code, name, contract.
 *
 * How each row was reviewed: two token lists by different keepers (Uniswap's default list and
 * MetaMask's contract map) give the same contract for the symbol on chain 1; the publisher's name
 * for the code is that token's; the token is issued there, so that what exists elsewhere is a
 * bridged copy and another asset. Left out, on purpose: tokens that their issuer puts on several
 * chains (`usdt`, `usdc`, `eurc`, `tusd`), that moved to a chain of their own (`axs`, `chz`, `enj`,
 * `hot`) or to a second contract (`knc`, `gala`): their symbol names no one asset.
 */
const TOKENS = `
1inch 1inch 0x111111111117dc0aa78b770fa6a738034120c302
aave Aave 0x7fc66500c84a76ad7e9c93437bfc5ac33e2ddae9
ape ApeCoin 0x4d224452801aced8b2f0aebe155379bb5d594381
bat Basic_Attention_Token 0x0d8775f648430679a709e98d2b0cb6250d2887ef
comp Compound 0xc00e94cb662c3520282e6f5717214004a7f26888
crv Curve_DAO_Token 0xd533a949740bb3306d119cc777fa900ba034cd52
dai Dai 0x6b175474e89094c44da98b954eedeac495271d0f
gno Gnosis 0x6810e776880c02933d47db1b9fc05908e5386b96
grt The_Graph 0xc944e90c64b2c07662a292be6244bdf05cda44a7
gusd Gemini_Dollar 0x056fd409e1d7a124bd7017459dfea2f387b6d5cd
imx Immutable_X 0xf57e7e7c23978c3caec3c3548e3d615c346e79ff
ldo Lido_DAO 0x5a98fcbea516cf06857215779fd812ca3bef1b32
link Chainlink 0x514910771af9ca656af840dff83e8264ecf986ca
lrc Loopring 0xbbbbca6a901c926f240b89eacb641d8aec7aeafd
mana Decentraland 0x0f5d2fb29fb7d3cfee444a200298f468908cc942
mkr Maker 0x9f8f72aa9304c8b593d555f12ef6589cc3a579a2
paxg PAX_Gold 0x45804880de22913dafe09f4980848ece6ecbaf78
qnt Quant 0x4a220e6096b25eadb88358cb44068a3248254675
rpl Rocket_Pool 0xd33526068d116ce69f19a9ee46f0bd304f21a51f
sand The_Sandbox 0x3845badade8e6dff049820680d1f14bd3903a5d0
shib Shiba_Inu 0x95ad61b0a150d79219dcf64e1e6cc01f0b64c4ce
snx Synthetix 0xc011a73ee8576fb46f5e1c5751ca3b9fe0af2a6f
uni Uniswap 0x1f9840a85d5af5bf1d1762f925bdaddc4201f984
usdp Pax_Dollar 0x8e870d67f660d95d5be530380d0ec0bd388289e1
woo WOO 0x4691937a7508860f876c9c0a2a617e7d9e945d4b`

const DATASET = 'currency_api'
const rowsOf = (table: string) => table.trim().split('\n')

/** The reviewed table: at most a hundred assets; what is not in it keeps the publisher's name. */
export const MAPPED_ASSETS: readonly MappedAsset[] = [
  ...rowsOf(COINS).map((row) => {
    const [code = '', name = '', chain = '', coin = ''] = row.split(' ')
    return mapped(code, name, `${chain}/slip44:${coin}`)
  }),
  ...rowsOf(TOKENS).map((row) => {
    const [code = '', name = '', contract = ''] = row.split(' ')
    return mapped(code, name, `eip155:1/erc20:${contract}`)
  }),
]

function mapped(code: string, name: string, asset: string): MappedAsset {
  return { dataset: DATASET, code, name: name.replaceAll('_', ' '), asset }
}

const byCode = new Map(MAPPED_ASSETS.map((row) => [`${row.dataset}:${row.code}`, row]))
const byAsset = new Map(MAPPED_ASSETS.map((row) => [row.asset, row]))

/** The asset that a publisher's code stands for; undefined where nobody has reviewed it. */
export function mappedAsset(dataset: string, code: string): MappedAsset | undefined {
  return byCode.get(`${dataset}:${code}`)
}

/** The publisher's code of a CAIP-19 asset, in `caip19Key`'s spelling. */
export function publisherOfAsset(asset: string): MappedAsset | undefined {
  return byAsset.get(asset)
}
