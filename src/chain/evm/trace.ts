import { LIMITS } from '../../base/limits.ts'
import type { ChainEvent } from '../types.ts'
import type { TransferPart } from './log.ts'
import {
  inconsistent,
  malformed,
  type RpcObject,
  readAddress,
  readCount,
  readHash,
  readList,
  readObject,
  readQuantity,
} from './value.ts'

/** What the calls inside one transaction moved and made. */
export interface TxTrace {
  /** The transaction itself failed: nothing of it stayed. */
  readonly failed: boolean
  readonly transfers: readonly TransferPart[]
  readonly created: readonly ChainEvent[]
}

interface TxPlace {
  readonly tx: string
  readonly txIndex: number
}

/**
 * Traces of a block by transaction hash, from `debug_traceBlockBy…` with `callTracer` (one tree a
 * transaction) or `trace_block` (a flat list). The outermost call is the transaction itself and
 * gives no transfer here. A frame that failed takes with it everything below it.
 */
export function readTraces(
  value: unknown,
  hashes: readonly string[],
): ReadonlyMap<string, TxTrace> {
  const list = readList(value, 'traces', LIMITS.blockCallsMax)
  const first = list.length === 0 ? {} : readObject(list[0], 'traces')
  return 'action' in first ? readFlat(list, hashes) : readTrees(list, hashes)
}

function readTrees(list: readonly unknown[], hashes: readonly string[]): Map<string, TxTrace> {
  if (list.length > hashes.length) throw inconsistent('traces')
  const traces = new Map<string, TxTrace>()
  for (const [position, item] of list.entries()) {
    const entry = readObject(item, 'traces')
    const hash = entry.txHash === undefined ? hashes[position] : readHash(entry.txHash, 'txHash')
    // Without a hash only a full list tells which transaction is meant.
    if (entry.txHash === undefined && list.length !== hashes.length) throw malformed('txHash')
    const txIndex = hash === undefined ? -1 : hashes.indexOf(hash)
    if (hash === undefined || txIndex < 0 || traces.has(hash)) throw inconsistent('txHash')
    traces.set(hash, readTree(readObject(entry.result, 'result'), { tx: hash, txIndex }))
  }
  return traces
}

/** One `callTracer` tree, without recursion: a hostile depth must not end in the stack. */
function readTree(root: RpcObject, place: TxPlace): TxTrace {
  const transfers: TransferPart[] = []
  const created: ChainEvent[] = []
  if (hasFailed(root)) return { failed: true, transfers, created }
  const waiting: { frame: RpcObject; isRoot: boolean }[] = [{ frame: root, isRoot: true }]
  let seen = 0
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { frame, isRoot } = next
    seen += 1
    if (seen > LIMITS.blockCallsMax) throw malformed('calls')
    if (hasFailed(frame)) continue
    if (!isRoot) addFrame(frame, place, transfers, created)
    const calls =
      frame.calls === undefined || frame.calls === null
        ? []
        : readList(frame.calls, 'calls', LIMITS.blockCallsMax)
    for (let i = calls.length - 1; i >= 0; i--) {
      waiting.push({ frame: readObject(calls[i], 'calls'), isRoot: false })
    }
  }
  return { failed: false, transfers, created }
}

const hasFailed = (frame: RpcObject) => frame.error !== undefined && frame.error !== null

function addFrame(
  frame: RpcObject,
  place: TxPlace,
  transfers: TransferPart[],
  created: ChainEvent[],
): void {
  const type = frame.type
  if (typeof type !== 'string') throw malformed('type')
  const kind = type.toUpperCase()
  if (!['CALL', 'CREATE', 'CREATE2', 'SELFDESTRUCT'].includes(kind)) return
  const from = readAddress(frame.from, 'from')
  // A destroyed contract may name nobody, and moves nothing then.
  if (kind === 'SELFDESTRUCT' && (frame.to === undefined || frame.to === null)) return
  const to = readAddress(frame.to, 'to')
  const value =
    frame.value === undefined || frame.value === null ? 0n : readQuantity(frame.value, 'value')
  if (kind.startsWith('CREATE')) created.push(creation(from, to, place))
  if (value > 0n) transfers.push(internal(from, to, value, place))
}

function internal(from: string, to: string, amount: bigint, place: TxPlace): TransferPart {
  return {
    standard: 'native',
    token: null,
    from,
    to,
    amount,
    tokenId: null,
    tx: place.tx,
    txIndex: place.txIndex,
    logIndex: null,
    isInternal: true,
  }
}

/** A contract came to be: `owner` made it, `contract` and `spender` are the new one. */
export function creation(owner: string, contract: string, place: TxPlace): ChainEvent {
  return {
    kind: 'created',
    contract,
    owner,
    spender: contract,
    amount: null,
    extra: {},
    tx: place.tx,
    txIndex: place.txIndex,
    logIndex: null,
  }
}

interface FlatFrame {
  readonly action: RpcObject
  readonly result: RpcObject | null
  readonly type: string
  readonly path: readonly number[]
  readonly failed: boolean
}

function readFlat(list: readonly unknown[], hashes: readonly string[]): Map<string, TxTrace> {
  const frames = new Map<string, FlatFrame[]>()
  for (const item of list) {
    const entry = readObject(item, 'traces')
    // Rewards of miners belong to no transaction.
    if (entry.transactionHash === null || entry.transactionHash === undefined) continue
    const hash = readHash(entry.transactionHash, 'transactionHash')
    const own = frames.get(hash) ?? []
    own.push(readFlatFrame(entry))
    frames.set(hash, own)
  }
  const positions = new Map(hashes.map((hash, position) => [hash, position]))
  const traces = new Map<string, TxTrace>()
  for (const [tx, own] of frames) {
    const txIndex = positions.get(tx)
    if (txIndex === undefined) throw inconsistent('transactionHash')
    traces.set(tx, flatTrace(own, { tx, txIndex }))
  }
  return traces
}

function readFlatFrame(entry: RpcObject): FlatFrame {
  const type = entry.type
  if (typeof type !== 'string') throw malformed('type')
  const result = entry.result
  return {
    action: readObject(entry.action, 'action'),
    result: result === null || result === undefined ? null : readObject(result, 'result'),
    type,
    path: readList(entry.traceAddress, 'traceAddress', 1_100).map((step) =>
      readCount(step, 'traceAddress'),
    ),
    failed: hasFailed(entry),
  }
}

function flatTrace(frames: readonly FlatFrame[], place: TxPlace): TxTrace {
  const transfers: TransferPart[] = []
  const created: ChainEvent[] = []
  const root = frames.find(({ path }) => path.length === 0)
  if (root === undefined) throw inconsistent('traceAddress')
  if (root.failed) return { failed: true, transfers, created }
  // A list is in depth-first order; what follows a failed frame with its path in front is inside.
  let dead: readonly number[] | null = null
  for (const frame of frames) {
    if (dead !== null && isInside(frame.path, dead)) continue
    dead = frame.failed ? frame.path : null
    if (frame.failed || frame.path.length === 0) continue
    addFlat(frame, place, transfers, created)
  }
  return { failed: false, transfers, created }
}

function isInside(path: readonly number[], outer: readonly number[]): boolean {
  return path.length > outer.length && outer.every((step, i) => path[i] === step)
}

function addFlat(
  frame: FlatFrame,
  place: TxPlace,
  transfers: TransferPart[],
  created: ChainEvent[],
): void {
  const { action, result, type } = frame
  const isDestruction = type === 'suicide' || type === 'selfdestruct'
  // Delegated and static calls move nothing, and a call by code only moves to itself.
  const isCall = type === 'call' && action.callType === 'call'
  if (!isCall && !isDestruction && type !== 'create') return
  const value = readQuantity(isDestruction ? action.balance : action.value, 'value')
  if (type === 'create') {
    const maker = readAddress(action.from, 'from')
    created.push(creation(maker, readAddress(result?.address, 'address'), place))
  }
  if (value === 0n) return
  const from = readAddress(isDestruction ? action.address : action.from, 'from')
  const target = isDestruction ? action.refundAddress : action.to
  const to = readAddress(type === 'create' ? result?.address : target, 'to')
  transfers.push(internal(from, to, value, place))
}
