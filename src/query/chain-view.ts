import type { StoredBlock } from '../chain/read.ts'
import type { AlertRow, ChainEvent, ChainTransaction, ChainTransfer } from '../chain/types.ts'
import { instantOf } from '../model/time.ts'
import { coinId, tokenId } from './chain-address.ts'
import type {
  AlertView,
  BlockView,
  EventView,
  TransactionView,
  TransferView,
} from './chain-types.ts'
import type { MessagePort } from './render.ts'

/** Symbol and decimals of an asset, as far as they are known. */
export interface AssetWords {
  readonly symbol: string | null
  readonly decimals: number | null
}

interface Placed {
  readonly chain: string
  readonly block: number
  /** Unix seconds. */
  readonly at: number
  readonly state: BlockView['state']
}

export function caip10(chain: string, address: string | null): string | null {
  return address === null ? null : `${chain}:${address}`
}

export function assetOf(chain: string, token: string | null): string {
  return token === null ? coinId(chain) : tokenId(chain, token)
}

export function transferView(
  transfer: ChainTransfer,
  { chain, block, at, state }: Placed,
  words: AssetWords,
): TransferView {
  const { token, from, to, amount, tokenId: item, tx, logIndex, isInternal, standard } = transfer
  const isItem = standard === 'erc721' || standard === 'erc1155'
  return {
    asset: assetOf(chain, token),
    from: caip10(chain, from),
    to: caip10(chain, to),
    amount: amount === null ? null : String(amount),
    tokenId: item === null ? null : String(item),
    tx,
    logIndex,
    isInternal,
    block,
    at: instantOf(at * 1_000),
    state,
    units: isItem || amount === null ? null : unitsOf(amount, words.decimals),
    symbol: words.symbol,
  }
}

/** Whole units in plain digits. Example: `unitsOf(1500000n, 6)` is `1.5`. */
export function unitsOf(amount: bigint, decimals: number | null): string | null {
  if (decimals === null) return null
  const sign = amount < 0n ? '-' : ''
  const digits = String(amount < 0n ? -amount : amount).padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const rest = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return `${sign}${whole}${rest === '' ? '' : `.${rest}`}`
}

export function eventView(event: ChainEvent, { chain, block, at }: Placed): EventView {
  const { kind, contract, owner, spender, amount, extra, tx, logIndex } = event
  return {
    kind,
    contract: `${chain}:${contract}`,
    owner: caip10(chain, owner),
    spender: caip10(chain, spender),
    amount: amount === null ? null : String(amount),
    extra,
    tx,
    logIndex,
    block,
    at: instantOf(at * 1_000),
  }
}

export function transactionView(chain: string, tx: ChainTransaction): TransactionView {
  const { hash, from, to, value, status, selector, created } = tx
  return {
    hash,
    from: caip10(chain, from),
    to: caip10(chain, to),
    value: String(value),
    status,
    selector,
    created: caip10(chain, created),
  }
}

export function blockHeader(block: StoredBlock) {
  const { chain, number, hash, parent, at, state, coverage } = block
  const { receipts, logs, traces, inputs } = coverage
  return {
    chain,
    number,
    hash,
    parent,
    at: instantOf(at * 1_000),
    state,
    coverage: { receipts, logs: logs || receipts, traces, inputs },
    counts: {
      transactions: block.transactions,
      transfers: block.transfers,
      events: block.events,
    },
    origin: 'store' as const,
  }
}

/** An alert in the asked language. Rules of the operator share one sentence. */
export function alertView(
  alert: AlertRow & { readonly change?: number },
  lang: string,
  message: MessagePort,
): AlertView {
  const { change = 0, amount, at, params, rule } = alert
  const key = rule.startsWith('operator.') ? 'alert.operator' : `alert.${rule}`
  return {
    id: alert.id,
    state: alert.state,
    rule,
    ruleVersion: alert.ruleVersion,
    severity: alert.severity,
    chain: alert.chain,
    block: alert.block,
    blockHash: alert.blockHash,
    tx: alert.tx,
    logIndex: alert.logIndex,
    subjects: alert.subjects,
    asset: alert.asset,
    amount: amount === null ? null : String(amount),
    decimals: alert.decimals,
    text: message(lang, key, params),
    params,
    statements: alert.statements,
    at: instantOf(at * 1_000),
    supersedes: alert.supersedes,
    change,
  }
}
