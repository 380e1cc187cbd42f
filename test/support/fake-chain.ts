import type {
  AddressAnswer,
  AlertView,
  AssetView,
  BlockView,
  ChainOverview,
  ChainQueries,
  PartyView,
  TokenAnswer,
  TransactionView,
  TransferView,
} from '../../src/query/chain-types.ts'
import { finding, NOW } from './fake-data.ts'

/** A followed chain with one of everything that its pages show; what is not in it is not held. */
export const CHAIN = 'eip155:31337'
export const WALLET = `${CHAIN}:0x00000000000000000000000000000000000000a1`
export const SHOP = `${CHAIN}:0x00000000000000000000000000000000000000b2`
export const BAD = `${CHAIN}:0x00000000000000000000000000000000000000c3`
/** Nobody has seen it, and no list names it. */
export const STRANGER = `${CHAIN}:0x00000000000000000000000000000000000000d4`
export const TX = `0x${'7a'.repeat(32)}`
const HASH = `0x${'3b'.repeat(32)}`
const CONTRACT = '0x00000000000000000000000000000000000000e5'
export const TOKEN = `${CHAIN}/erc20:${CONTRACT}`
export const BLOCK = 1207

export const ASSET: AssetView = { id: TOKEN, symbol: 'DEMO', name: 'Demo Dollar', decimals: 6 }

export function transfer(rest: Partial<TransferView> = {}): TransferView {
  return {
    asset: TOKEN,
    from: WALLET,
    to: SHOP,
    amount: '1250000',
    tokenId: null,
    tx: TX,
    logIndex: 3,
    isInternal: false,
    block: BLOCK,
    at: NOW,
    state: 'final',
    units: '1.25',
    symbol: 'DEMO',
    ...rest,
  }
}

const TRANSFERS: readonly TransferView[] = [
  transfer(),
  transfer({ from: BAD, to: WALLET, asset: `${CHAIN}/slip44:60`, units: null, symbol: null }),
  transfer({ from: null, amount: null, units: null, isInternal: true, state: 'orphaned' }),
  transfer({ to: null, tokenId: '77', amount: '1', units: null, state: 'provisional' }),
]

export function alert(rest: Partial<AlertView> = {}): AlertView {
  return {
    id: 'a1'.repeat(32),
    state: 'provisional',
    rule: 'counterparty.sanctioned',
    ruleVersion: '1',
    severity: 'danger',
    chain: CHAIN,
    block: BLOCK,
    blockHash: HASH,
    tx: TX,
    logIndex: 3,
    subjects: [BAD, WALLET],
    asset: TOKEN,
    amount: '1250000',
    decimals: 6,
    text: `A party of this transfer is on a sanctions list: ${BAD}.`,
    params: { address: BAD },
    statements: ['b'.repeat(64)],
    at: NOW,
    supersedes: null,
    change: 12,
    ...rest,
  }
}

const ALERTS: readonly AlertView[] = [
  alert(),
  alert({
    id: 'a2'.repeat(32),
    state: 'confirmed',
    rule: 'poisoning.look_alike',
    severity: 'info',
  }),
  alert({ id: 'a3'.repeat(32), state: 'retracted', rule: 'liquidity.pulled', tx: null }),
  alert({ id: 'a4'.repeat(32), severity: 'warning', rule: 'approval.drainer', statements: [] }),
]

const PARTIES: readonly PartyView[] = [
  { address: BAD, verdict: 'danger', classes: ['sanctioned', 'mixer'], label: 'Listed wallet' },
  { address: WALLET, verdict: 'unknown', classes: [], label: null },
]

const OVERVIEW: ChainOverview = {
  chain: CHAIN,
  name: 'Demo chain',
  symbol: 'ETH',
  head: { number: BLOCK, hash: HASH, at: NOW },
  finalized: BLOCK - 12,
  lagSeconds: 14,
  blocks: 1208,
  transactions: 54_310,
  transfers: 60_112,
  alerts: 4,
  orphaned: 2,
  state: 'following',
  halt: null,
  held: [{ from: 0, to: BLOCK }],
  backfill: { done: 600, total: 1208, blocksPerSecond: 41.2, secondsLeft: 15 },
  explorers: ['https://explorer.example/'],
}

const TRANSACTION: TransactionView = {
  hash: TX,
  from: WALLET,
  to: `${CHAIN}:${CONTRACT}`,
  value: '0',
  status: 'success',
  selector: '0xa9059cbb',
  created: null,
}

const VIEW: BlockView = {
  chain: CHAIN,
  number: BLOCK,
  hash: HASH,
  parent: `0x${'2c'.repeat(32)}`,
  at: NOW,
  state: 'provisional',
  coverage: { receipts: true, logs: true, traces: false, inputs: false },
  transactions: [
    TRANSACTION,
    { ...TRANSACTION, hash: HASH, to: null, created: SHOP, status: 'failed' },
  ],
  transfers: TRANSFERS,
  events: [],
  alerts: ALERTS.slice(0, 1),
  counts: { transactions: 2, transfers: 4, events: 1 },
  next: 200,
  origin: 'store',
  asOf: NOW,
}

const HELD = [String(BLOCK), String(BLOCK - 1), '12', HASH]

export const ADDRESS: AddressAnswer = {
  address: WALLET,
  chain: CHAIN,
  verdict: 'warning',
  summary: 'It paid an address on a sanctions list.',
  findings: [
    finding('graphsense_tags', {
      kind: 'label',
      severity: 'info',
      text: 'labelled as an exchange',
    }),
    finding('us_ofac_sdn', { severity: 'warning', text: 'reported as a scam' }),
  ],
  seen: {
    received: 3,
    sent: 41,
    first: { block: 12, at: '2026-10-01T08:00:00Z' },
    last: { block: BLOCK, at: NOW },
    funder: transfer({ from: BAD, to: WALLET, block: 12 }),
    isToken: false,
  },
  balances: [
    { asset: ASSET, change: '-41250000', units: '-41.25', received: 3, sent: 41 },
    {
      asset: { id: `${CHAIN}/slip44:60`, symbol: null, name: null, decimals: null },
      change: '70000000000000001',
      units: null,
      received: 1,
      sent: 0,
    },
  ],
  activity: [
    { day: '2026-11-20', transfers: 4 },
    { day: '2026-11-22', transfers: 40 },
    { day: '2026-10-01', transfers: 1 },
  ],
  alerts: ALERTS.slice(0, 2),
  node: { balance: '70000000000000001', isContract: false, transactions: 41, block: BLOCK },
  held: [{ from: 0, to: BLOCK }],
  explorer: 'https://explorer.example/address/0xa1',
  asOf: NOW,
}

const NOBODY: AddressAnswer = {
  ...ADDRESS,
  address: STRANGER,
  verdict: 'unknown',
  summary: 'Nothing is held about it.',
  findings: [],
  seen: null,
  balances: [],
  activity: [],
  alerts: [],
  node: null,
  held: [],
}

export const TOKEN_ANSWER: TokenAnswer = {
  asset: ASSET,
  chain: CHAIN,
  address: `${CHAIN}:${CONTRACT}`,
  standing: 'namesake',
  lists: [{ dataset: 'token_list', title: 'A token list', statement: 'c'.repeat(64) }],
  namesakes: [{ ...ASSET, id: `${CHAIN}/erc20:0x00000000000000000000000000000000000000f6` }],
  code: {
    size: 4_210,
    proxy: { kind: 'eip1967', implementation: SHOP },
    owner: BAD,
    present: ['mint', 'pause', 'blacklist', 'fee', 'upgrade', 'burn'],
  },
  supply: '1000000500000',
  holders: 17,
  transfers: 310,
  findings: [],
  asOf: NOW,
}

/** Nothing was asked of a node, and no list was read. */
export const BARE_TOKEN: TokenAnswer = {
  ...TOKEN_ANSWER,
  asset: { id: `${CHAIN}/erc20:${WALLET.slice(-42)}`, symbol: null, name: null, decimals: null },
  standing: 'unchecked',
  lists: [],
  namesakes: [],
  code: null,
  supply: null,
  holders: null,
}

export function fakeChain(rest: Partial<ChainQueries> = {}): ChainQueries {
  const listed = (params: { state?: string | undefined; rule?: string | undefined }) =>
    ALERTS.filter(
      ({ state, rule }) =>
        (params.state === undefined || params.state === state) &&
        (params.rule === undefined || params.rule === rule),
    )
  return {
    chains: async () => [OVERVIEW],
    chain: async (chain) => (chain === CHAIN ? OVERVIEW : undefined),
    explorers: async (chain) => (chain === CHAIN ? OVERVIEW.explorers : []),
    blocks: async (chain) => (chain === CHAIN ? [VIEW] : []),
    block: async (chain, ref) =>
      chain === CHAIN && HELD.includes(ref) ? { ...VIEW, next: null } : undefined,
    transaction: async (chain, hash) =>
      chain !== CHAIN || (hash !== TX && hash !== HASH)
        ? undefined
        : {
            chain,
            transaction: TRANSACTION,
            block: { number: VIEW.number, hash: VIEW.hash, at: VIEW.at, state: VIEW.state },
            transfers: TRANSFERS,
            events: [
              {
                kind: 'approval',
                contract: `${CHAIN}:${CONTRACT}`,
                owner: WALLET,
                spender: BAD,
                amount: '5',
                extra: {},
                tx: TX,
                logIndex: 4,
                block: BLOCK,
                at: NOW,
              },
            ],
            alerts: ALERTS.slice(0, 1),
            parties: PARTIES,
            isComplete: false,
            origin: 'node',
            asOf: NOW,
          },
    address: async (address) =>
      address === WALLET
        ? ADDRESS
        : address.split(':').length === 3
          ? { ...NOBODY, address }
          : undefined,
    transfers: async (address) => ({
      address,
      transfers: TRANSFERS,
      nextCursor: 'next page',
      asOf: NOW,
    }),
    counterparties: async (address) => ({
      address,
      counterparties: PARTIES.map((party) => ({ ...party, received: 1, sent: 40 })),
      isComplete: false,
      asOf: NOW,
    }),
    token: async (caip19) => (caip19 === TOKEN ? TOKEN_ANSWER : BARE_TOKEN),
    alerts: async (params) => ({
      alerts: listed(params),
      head: 12,
      nextBefore: params.before === undefined ? 9 : null,
      asOf: NOW,
    }),
    alert: async (id) => ALERTS.find((one) => one.id === id),
    waitForAlert: async () => {},
    ...rest,
  }
}
