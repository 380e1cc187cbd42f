import type { StoredEvent, StoredTransfer } from '../chain/read.ts'
import type { AlertRow, BlockState, ChainBlock, ChainId } from '../chain/types.ts'
import { instantOf } from '../model/time.ts'
import { CHAIN_RULES, judgeBlock, NO_PAST } from '../score/chain/ruleset.ts'
import type { AssetFacts } from '../score/chain/types.ts'
import { ChainWindow } from '../score/chain/window.ts'
import type { ChainNode } from './chain-ports.ts'
import { accountsOf, type ChainParts, partiesOf, viewsOf } from './chain-rows.ts'
import type { BlockView, TransactionAnswer } from './chain-types.ts'
import { transactionView } from './chain-view.ts'

/** Accounts that are looked up to judge what a node gave: a block has thousands. */
const ACCOUNTS_MAX = 2_000
const BLOCK_ROWS = 200
/** Rules that need no more than the transaction itself and the lists. */
const RULES = CHAIN_RULES.filter(
  ({ needsHistory, wants }) => needsHistory !== true && wants === undefined,
)

/** A block that is not held here, read from a node; judged, marked, and stored nowhere. */
export async function nodeBlock(
  parts: ChainParts,
  asked: {
    readonly chain: ChainId
    readonly ref: number | string
    readonly from?: number | undefined
    readonly limit?: number | undefined
    readonly lang?: string | undefined
  },
): Promise<BlockView | undefined> {
  const { chain, ref, from = 0, limit = BLOCK_ROWS, lang } = asked
  const node = parts.ports.node(chain)
  const block = await node?.block(ref)
  if (node === undefined || block === undefined) return undefined
  const state = await stateOf(node, block)
  const alerts = await judged(parts, block, state)
  const page = <T>(rows: readonly T[]) => rows.slice(from, from + limit)
  const rows = rowsOf(
    { ...block, transfers: page(block.transfers), events: page(block.events) },
    state,
  )
  const { number, hash, parent, at, coverage, transactions, transfers, events } = block
  const { receipts, logs, traces, inputs } = coverage
  const most = Math.max(transactions.length, transfers.length, events.length)
  return {
    chain,
    number,
    hash,
    parent,
    at: instantOf(at * 1_000),
    state,
    coverage: { receipts, logs: logs || receipts, traces, inputs },
    transactions: page(transactions).map((tx) => transactionView(chain, tx)),
    ...(await viewsOf(parts, chain, { ...rows, alerts }, lang)),
    counts: {
      transactions: transactions.length,
      transfers: transfers.length,
      events: events.length,
    },
    next: from + limit < most ? from + limit : null,
    origin: 'node',
    asOf: instantOf(parts.ports.clock.nowMs()),
  }
}

/** A transaction that is not held here, read from a node with its block, so that it is proven. */
export async function nodeTransaction(
  parts: ChainParts,
  asked: {
    readonly chain: ChainId
    readonly hash: string
    readonly lang?: string | undefined
  },
): Promise<TransactionAnswer | undefined> {
  const { chain, hash, lang } = asked
  const node = parts.ports.node(chain)
  const block = await node?.blockOf(hash)
  const transaction = block?.transactions.find((tx) => tx.hash === hash)
  if (node === undefined || block === undefined || transaction === undefined) return undefined
  const state = await stateOf(node, block)
  const own = {
    ...block,
    transactions: [transaction],
    transfers: block.transfers.filter(({ tx }) => tx === hash),
    events: block.events.filter(({ tx }) => tx === hash),
  }
  const rows = rowsOf(own, state)
  const alerts = await judged(parts, own, state)
  return {
    chain,
    transaction: transactionView(chain, transaction),
    block: { number: block.number, hash: block.hash, at: instantOf(block.at * 1_000), state },
    ...(await viewsOf(parts, chain, { ...rows, alerts }, lang)),
    parties: await partiesOf(parts.known, chain, { transaction, ...own }),
    isComplete: block.coverage.receipts,
    origin: 'node',
    asOf: instantOf(parts.ports.clock.nowMs()),
  }
}

async function stateOf(node: ChainNode, block: ChainBlock): Promise<BlockState> {
  const final = await node.finalized().catch(() => -1)
  return block.number <= final ? 'final' : 'provisional'
}

function rowsOf(
  block: ChainBlock,
  state: BlockState,
): { transfers: readonly StoredTransfer[]; events: readonly StoredEvent[] } {
  const placed = { block: block.number, at: block.at, state }
  return {
    transfers: block.transfers.map((transfer) => ({ ...transfer, ...placed })),
    events: block.events.map((event, ordinal) => ({ ...event, ...placed, ordinal })),
  }
}

/** The rules that need no past, over what the node gave. */
async function judged(
  { known }: ChainParts,
  block: ChainBlock,
  state: BlockState,
): Promise<readonly AlertRow[]> {
  const { chain } = block
  const classes = new Map<string, number>()
  const assets = new Map<string | null, AssetFacts | undefined>()
  for (const transaction of block.transactions) {
    const rows = { transaction, transfers: [], events: [] }
    await look(known, { chain, accounts: accountsOf(rows), classes })
  }
  const [first] = block.transactions
  if (first !== undefined) {
    const all = { transaction: first, transfers: block.transfers, events: block.events }
    await look(known, { chain, accounts: accountsOf(all), classes })
  }
  for (const { token } of block.transfers) {
    if (!assets.has(token)) assets.set(token, await known.facts(chain, token))
  }
  const drafts = judgeBlock(RULES, {
    chain,
    block,
    parties: { classesOf: (address) => classes.get(address) ?? 0 },
    asset: (token) => assets.get(token),
    past: NO_PAST,
    window: new ChainWindow(),
  })
  const reached = state === 'final' ? 'confirmed' : 'provisional'
  return drafts.map(({ causes: _, ...draft }) => ({ ...draft, state: reached, statements: [] }))
}

async function look(
  known: ChainParts['known'],
  asked: {
    readonly chain: ChainId
    readonly accounts: readonly string[]
    readonly classes: Map<string, number>
  },
): Promise<void> {
  const { chain, accounts, classes } = asked
  for (const account of accounts) {
    if (classes.size >= ACCOUNTS_MAX) return
    if (!classes.has(account)) classes.set(account, await known.classes(chain, account))
  }
}
