import { LIMITS } from '../base/limits.ts'
import { BLOCKS, type ChainReader, type ChainState, type StoredBlock } from '../chain/read.ts'
import type { ChainId } from '../chain/types.ts'
import { skeleton } from '../model/skeleton.ts'
import { instantOf } from '../model/time.ts'
import { addressAnswer, counterpartiesAnswer, transfersAnswer } from './chain-account.ts'
import { blockRef, chainAccount, chainAsset, chainOf, txHash } from './chain-address.ts'
import { AlertDesk } from './chain-alerts.ts'
import { ChainKnowledge } from './chain-known.ts'
import { nodeBlock, nodeTransaction } from './chain-node.ts'
import type { ChainQueryPorts } from './chain-ports.ts'
import { alertsOfTx, partiesOf, viewsOf } from './chain-rows.ts'
import { tokenAnswer } from './chain-token.ts'
import type {
  AlertsParams,
  AlertView,
  BlockView,
  ChainOverview,
  ChainQueries,
  TransactionAnswer,
} from './chain-types.ts'
import { blockHeader, transactionView } from './chain-view.ts'

const BLOCK_ROWS = 200
const PAGE_BLOCKS = 50
/** Ranges of held blocks that a page lists; recorded files may leave thousands. */
const RANGES_MAX = 100
const ALERTS_MAX = 200

/** Alerts in order of their changes, beside the questions of the pages: what a stream sends. */
export interface AlertStream {
  changes(since: number, limit: number, lang?: string): Promise<readonly AlertView[]>
  head(): Promise<number>
}

/** Every question about chains. One object per process; it keeps caches. */
export function createChainQueries(ports: ChainQueryPorts): ChainQueries & AlertStream {
  return new ChainDesk(ports)
}

class ChainDesk implements ChainQueries, AlertStream {
  readonly #ports: ChainQueryPorts
  readonly #known: ChainKnowledge
  readonly #alerts: AlertDesk

  constructor(ports: ChainQueryPorts) {
    this.#ports = ports
    this.#known = new ChainKnowledge(ports.keeper, ports.check)
    this.#alerts = new AlertDesk(ports)
  }

  get #parts() {
    return { ports: this.#ports, known: this.#known, alerts: this.#alerts }
  }

  async chains(): Promise<readonly ChainOverview[]> {
    const states = (await this.#ports.reader()?.chains()) ?? []
    const known = new Map(states.map((state) => [state.chain, state]))
    for (const chain of this.#ports.following().keys()) {
      if (!known.has(chain)) known.set(chain, emptyState(chain))
    }
    const sorted = [...known.values()].sort((a, b) => (a.chain < b.chain ? -1 : 1))
    return Promise.all(sorted.map((state) => this.#overview(state)))
  }

  async chain(text: string): Promise<ChainOverview | undefined> {
    const chain = chainOf(text)
    if (chain === undefined) return undefined
    const state = await this.#ports.reader()?.state(chain)
    if (state !== undefined) return this.#overview(state)
    const isKnown = this.#ports.following().has(chain) || this.#ports.node(chain) !== undefined
    return isKnown ? this.#overview(emptyState(chain)) : undefined
  }

  async explorers(text: string): Promise<readonly string[]> {
    const chain = chainOf(text)
    return chain === undefined ? [] : (await this.#known.chain(chain)).explorers
  }

  async #overview(state: ChainState): Promise<ChainOverview> {
    const { chain, head, finalized, halted } = state
    const facts = await this.#known.chain(chain)
    const following = this.#ports.following().get(chain)
    const nowMs = this.#ports.clock.nowMs()
    const reader = this.#ports.reader()
    const ranges = (await reader?.coverage(chain, BLOCKS)) ?? []
    return {
      chain,
      name: facts.name,
      symbol: facts.symbol,
      head:
        head === null
          ? null
          : { number: head.number, hash: head.hash, at: instantOf(head.at * 1_000) },
      finalized: finalized?.number ?? null,
      lagSeconds: head === null ? null : Math.max(0, Math.floor(nowMs / 1_000) - head.at),
      blocks: state.blocks,
      transactions: state.transactions,
      transfers: state.transfers,
      alerts: state.alerts,
      orphaned: state.orphaned,
      state: halted !== null ? 'halted' : (following?.state ?? 'stored'),
      halt: halted === null ? null : { code: halted.code, at: instantOf(halted.atMs) },
      held: ranges.slice(-RANGES_MAX),
      backfill: following?.backfill ?? null,
      explorers: facts.explorers,
    }
  }

  async blocks(text: string, page: { before?: number | undefined; limit?: number | undefined }) {
    const chain = chainOf(text)
    const reader = this.#ports.reader()
    if (chain === undefined || reader === undefined) return []
    const limit = Math.min(page.limit ?? PAGE_BLOCKS, LIMITS.pageRowsMax)
    return (await reader.blocks(chain, { before: page.before, limit })).map(blockHeader)
  }

  async block(
    text: string,
    refText: string,
    page: { from?: number | undefined; limit?: number | undefined; lang?: string | undefined } = {},
  ): Promise<BlockView | undefined> {
    const chain = chainOf(text)
    const ref = blockRef(refText)
    if (chain === undefined || ref === undefined) return undefined
    const reader = this.#ports.reader()
    const stored = await storedBlock(reader, chain, ref)
    if (reader === undefined || stored === undefined) {
      return nodeBlock(this.#parts, { chain, ref, ...page })
    }
    const from = page.from ?? 0
    const limit = Math.min(page.limit ?? BLOCK_ROWS, LIMITS.pageRowsMax)
    const rows = { from, limit }
    const { number } = stored
    const isGone = stored.state === 'orphaned'
    const txs = isGone ? [] : await reader.transactionsOf(chain, number, rows)
    const transfers = isGone ? [] : await reader.transfersIn(chain, number, rows)
    const events = isGone ? [] : await reader.eventsIn(chain, number, rows)
    const own = await reader.alerts({ chain, block: number, limit: ALERTS_MAX })
    const alerts = own.filter((alert) => alert.blockHash === stored.hash)
    const most = Math.max(stored.transactions, stored.transfers, stored.events)
    const views = await viewsOf(this.#parts, chain, { transfers, events, alerts }, page.lang)
    return {
      ...blockHeader(stored),
      transactions: txs.map((tx) => transactionView(chain, tx)),
      ...views,
      next: !isGone && from + limit < most ? from + limit : null,
      asOf: this.#asOf(),
    }
  }

  async transaction(
    text: string,
    hashText: string,
    params: { lang?: string | undefined } = {},
  ): Promise<TransactionAnswer | undefined> {
    const chain = chainOf(text)
    const hash = chain === undefined ? undefined : txHash(chain, hashText)
    if (chain === undefined || hash === undefined) return undefined
    const reader = this.#ports.reader()
    const detail = await reader?.transaction(chain, hash)
    if (reader === undefined || detail === undefined) {
      return nodeTransaction(this.#parts, { chain, hash, lang: params.lang })
    }
    const { transaction, block, transfers, events, isComplete } = detail
    const alerts = await alertsOfTx(reader, chain, hash)
    const views = await viewsOf(this.#parts, chain, { transfers, events, alerts }, params.lang)
    const { number, hash: blockHash, state, at } = block
    return {
      chain,
      transaction: transactionView(chain, transaction),
      block: { number, hash: blockHash, at: instantOf(at * 1_000), state },
      ...views,
      parties: await partiesOf(this.#known, chain, { transaction, transfers, events }),
      isComplete,
      origin: 'store',
      asOf: this.#asOf(),
    }
  }

  async address(caip10: string, params: { lang?: string | undefined } = {}) {
    const at = chainAccount(caip10)
    return at && addressAnswer(this.#parts, at, params.lang)
  }

  async transfers(caip10: string, page: Parameters<ChainQueries['transfers']>[1]) {
    const at = chainAccount(caip10)
    return at && transfersAnswer(this.#parts, at, page)
  }

  async counterparties(caip10: string, limit?: number) {
    const at = chainAccount(caip10)
    return at && counterpartiesAnswer(this.#parts, at, limit)
  }

  async token(caip19: string, params: { lang?: string | undefined } = {}) {
    const asset = chainAsset(caip19)
    if (asset === undefined || asset.token === null) return undefined
    return tokenAnswer(this.#parts, { ...asset, token: asset.token }, skeleton, params.lang)
  }

  alerts(params: AlertsParams) {
    return this.#alerts.list(params)
  }

  alert(id: string, lang?: string) {
    return this.#alerts.one(id, lang)
  }

  waitForAlert(since: number, signal: AbortSignal) {
    return this.#alerts.wait(since, signal)
  }

  changes(since: number, limit: number, lang?: string) {
    return this.#alerts.changes(since, limit, lang)
  }

  head() {
    return this.#alerts.head()
  }

  #asOf() {
    return instantOf(this.#ports.clock.nowMs())
  }
}

/** Bitcoin writes hashes without `0x`; both spellings are asked. */
async function storedBlock(
  reader: ChainReader | undefined,
  chain: ChainId,
  ref: number | string,
): Promise<StoredBlock | undefined> {
  if (typeof ref === 'number') return reader?.block(chain, ref)
  const bare = ref.replace(/^0x/, '')
  return reader?.block(chain, chain.startsWith('eip155:') ? `0x${bare}` : bare)
}

function emptyState(chain: ChainId): ChainState {
  return {
    chain,
    head: null,
    finalized: null,
    headFrom: null,
    blocks: 0,
    transactions: 0,
    transfers: 0,
    events: 0,
    alerts: 0,
    orphaned: 0,
    rereads: 0,
    halted: null,
  }
}
