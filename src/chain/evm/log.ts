import type { ChainEvent, ChainEventKind, ChainTransfer } from '../types.ts'
import { EVENT_LAYOUTS, type EventLayout, type WordPlace } from './event.ts'
import { eventTopic } from './keccak.ts'
import { isWrappedCoin } from './wrapped.ts'

/** A log, its texts checked and in lower case; `data` without `0x`. */
export interface EvmLog {
  readonly address: string
  readonly topics: readonly string[]
  readonly data: string
  readonly tx: string
  readonly txIndex: number
  readonly logIndex: number
}

/** A transfer before it has its place in the block. */
export type TransferPart = Omit<ChainTransfer, 'ordinal'>

export interface LogSink {
  readonly chain: string
  readonly transfers: TransferPart[]
  readonly events: ChainEvent[]
}

export const TOPIC = {
  transfer: eventTopic('Transfer(address,address,uint256)'),
  approval: eventTopic('Approval(address,address,uint256)'),
  single: eventTopic('TransferSingle(address,address,address,uint256,uint256)'),
  batch: eventTopic('TransferBatch(address,address,address,uint256[],uint256[])'),
  deposit: eventTopic('Deposit(address,uint256)'),
  withdrawal: eventTopic('Withdrawal(address,uint256)'),
} as const

const WORD = 64

/**
 * The first well-known collection is older than ERC-721: it emits `Transfer` with nothing indexed,
 * and only a list tells its token number from an amount.
 */
const UNINDEXED_721: ReadonlySet<string> = new Set([
  '0x06012c8cf97bead5deae237070f9587f8e7a266d', // CryptoKitties
])

/** Whether a contract's `Transfer` with nothing indexed names a token and no amount. */
export function isUnindexedNft(contract: string): boolean {
  return UNINDEXED_721.has(contract)
}

/**
 * Adds what a log says to the sink; a log of another event, or with a shape that its event cannot
 * have (too few topics or too little data), says nothing. Longer data than the event has is read
 * as Solidity's decoder reads it: what follows is ignored. Of an address word the last 20 bytes
 * count.
 */
export function decodeLog(log: EvmLog, sink: LogSink): void {
  const topic = log.topics[0]
  if (topic === undefined) return
  const decode = OWN_SHAPE.get(topic) ?? decodeRow
  decode(log, sink)
}

/** Events that are transfers or that ERC-20 and ERC-721 share. */
const OWN_SHAPE: ReadonlyMap<string, (log: EvmLog, sink: LogSink) => void> = new Map([
  [TOPIC.transfer, decodeTransfer],
  [TOPIC.approval, decodeApproval],
  [TOPIC.single, decodeSingle],
  [TOPIC.batch, decodeBatch],
  [TOPIC.deposit, decodeWrapping],
  [TOPIC.withdrawal, decodeWrapping],
])

function wordAt(log: EvmLog, place: WordPlace): string {
  if (place > 0) return (log.topics[place] ?? '').slice(2)
  const at = (-1 - place) * WORD
  return log.data.slice(at, at + WORD)
}

const addressOf = (word: string) => `0x${word.slice(24)}`
const amountOf = (word: string) => BigInt(`0x${word}`)

function part(log: EvmLog, fields: Partial<TransferPart>): TransferPart {
  return {
    standard: 'erc20',
    token: log.address,
    from: null,
    to: null,
    amount: null,
    tokenId: null,
    tx: log.tx,
    txIndex: log.txIndex,
    logIndex: log.logIndex,
    isInternal: false,
    ...fields,
  }
}

/** Three words `a, b, n` of ERC-20 and ERC-721, by the number of topics; null for another shape. */
function threeWords(log: EvmLog): readonly [string, string, string] | null {
  const words = log.data.length / WORD
  switch (log.topics.length) {
    case 4:
      return [wordAt(log, 1), wordAt(log, 2), wordAt(log, 3)]
    case 3:
      return words < 1 ? null : [wordAt(log, 1), wordAt(log, 2), wordAt(log, -1)]
    case 1:
      return words < 3 ? null : [wordAt(log, -1), wordAt(log, -2), wordAt(log, -3)]
    default:
      return null
  }
}

/** Four topics are ERC-721's token number; three are an amount, also of the few old NFTs. */
const isNft = (log: EvmLog) =>
  log.topics.length === 4 || (log.topics.length === 1 && UNINDEXED_721.has(log.address))

function decodeTransfer(log: EvmLog, sink: LogSink): void {
  const words = threeWords(log)
  if (words === null) return
  const [from, to] = [addressOf(words[0]), addressOf(words[1])]
  const number = amountOf(words[2])
  sink.transfers.push(
    isNft(log)
      ? part(log, { standard: 'erc721', from, to, amount: 1n, tokenId: number })
      : part(log, { from, to, amount: number }),
  )
}

function decodeApproval(log: EvmLog, sink: LogSink): void {
  const words = threeWords(log)
  if (words === null) return
  const number = amountOf(words[2])
  const nft = isNft(log)
  sink.events.push({
    kind: 'approval',
    contract: log.address,
    owner: addressOf(words[0]),
    spender: addressOf(words[1]),
    amount: nft ? null : number,
    extra: nft ? { tokenId: String(number) } : {},
    tx: log.tx,
    txIndex: log.txIndex,
    logIndex: log.logIndex,
  })
}

function decodeSingle(log: EvmLog, sink: LogSink): void {
  if (log.topics.length !== 4 || log.data.length < 2 * WORD) return
  sink.transfers.push(
    part(log, {
      standard: 'erc1155',
      from: addressOf(wordAt(log, 2)),
      to: addressOf(wordAt(log, 3)),
      tokenId: amountOf(wordAt(log, -1)),
      amount: amountOf(wordAt(log, -2)),
    }),
  )
}

/** The words of a dynamic array whose offset stands in `place`; null where it leaves the data. */
function arrayAt(log: EvmLog, place: WordPlace): readonly string[] | null {
  const offset = amountOf(wordAt(log, place)) * 2n
  if (offset + BigInt(WORD) > BigInt(log.data.length)) return null
  const start = Number(offset) + WORD
  const length = amountOf(log.data.slice(start - WORD, start))
  if (BigInt(start) + length * BigInt(WORD) > BigInt(log.data.length)) return null
  return Array.from({ length: Number(length) }, (_, i) =>
    log.data.slice(start + i * WORD, start + (i + 1) * WORD),
  )
}

function decodeBatch(log: EvmLog, sink: LogSink): void {
  if (log.topics.length !== 4 || log.data.length < 2 * WORD) return
  const [ids, amounts] = [arrayAt(log, -1), arrayAt(log, -2)]
  if (ids === null || amounts === null || ids.length !== amounts.length) return
  const [from, to] = [addressOf(wordAt(log, 2)), addressOf(wordAt(log, 3))]
  for (const [i, id] of ids.entries()) {
    const [tokenId, amount] = [amountOf(id), amountOf(amounts[i] ?? '0')]
    sink.transfers.push(part(log, { standard: 'erc1155', from, to, tokenId, amount }))
  }
}

/**
 * A wrapped coin mints on deposit and burns on withdrawal without a `Transfer`. The same events
 * are common in vaults, where they are no token, so only known contracts count.
 */
function decodeWrapping(log: EvmLog, sink: LogSink): void {
  if (log.topics.length !== 2 || log.data.length < WORD) return
  if (!isWrappedCoin(sink.chain, log.address)) return
  const holder = addressOf(wordAt(log, 1))
  const isDeposit = log.topics[0] === TOPIC.deposit
  const sides = isDeposit ? { to: holder } : { from: holder }
  sink.transfers.push(part(log, { ...sides, amount: amountOf(wordAt(log, -1)) }))
}

function decodeRow(log: EvmLog, sink: LogSink): void {
  const layout = EVENT_LAYOUTS.get(log.topics[0] ?? '')?.[log.topics.length]
  if (layout === undefined || log.data.length < layout.dataWords * WORD) return
  const { row } = layout
  const kind = kindOf(log, layout)
  if (kind === null) return
  const at = (position: number) => wordAt(log, layout.places[position] ?? 0)
  const extra: Record<string, string> = {}
  for (const [name, position] of Object.entries(row.extra ?? {})) {
    extra[name] = wordText(layout, position, at(position))
  }
  sink.events.push({
    kind,
    contract: log.address,
    owner: row.owner === undefined ? null : addressOf(at(row.owner)),
    spender: row.spender === undefined ? null : addressOf(at(row.spender)),
    amount: row.amount === undefined ? (row.fixedAmount ?? null) : amountOf(at(row.amount)),
    extra,
    tx: log.tx,
    txIndex: log.txIndex,
    logIndex: log.logIndex,
  })
}

function wordText(layout: EventLayout, position: number, word: string): string {
  switch (layout.types[position]) {
    case 'address':
      return addressOf(word)
    case 'int':
      return String(BigInt.asIntN(256, amountOf(word)))
    case 'bytes32':
      return `0x${word}`
    default:
      return String(amountOf(word))
  }
}

/** The kind of the row, turned by the sign of what changed; null for a change of nothing. */
function kindOf(log: EvmLog, layout: EventLayout): ChainEventKind | null {
  const { row, places } = layout
  if (row.turn === undefined) {
    // A Boolean that is neither 0 nor 1 is no Boolean.
    const flag = layout.types.indexOf('bool')
    return flag >= 0 && amountOf(wordAt(log, places[flag] ?? 0)) > 1n ? null : row.kind
  }
  const place = places[row.turn.delta] ?? 0
  const words = row.turn.isList ? arrayAt(log, place) : [wordAt(log, place)]
  const deltas = words?.map((word) => BigInt.asIntN(256, amountOf(word))) ?? []
  if (deltas.every((delta) => delta === 0n)) return null
  return deltas.some((delta) => delta < 0n) ? 'liquidity_removed' : 'liquidity_added'
}
