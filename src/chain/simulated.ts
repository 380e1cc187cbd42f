import { assert } from '../base/assert.ts'
import { bytesToHex } from '../base/bytes.ts'
import { AppError } from '../base/error.ts'
import { intBelow, type Rng } from '../base/rng.ts'
import { bloomOf, keccakText, receiptBytes, rootOf, transactionBytes } from './endpoint-proof.ts'
import { headerHash } from './evm/header.ts'
import { eventTopic } from './evm/keccak.ts'
import type { RpcObject } from './evm/value.ts'
import type { RpcCall, RpcResult, RpcTransport } from './rpc.ts'

/** A block as a node answers it. */
export interface SimulatedBlock {
  readonly number: number
  readonly hash: string
  readonly block: RpcObject
  readonly receipts: readonly RpcObject[]
}

const CHAIN_ID = 31_337
/** What `SimulatedChain` is called: a name that no real chain has. */
export const SIMULATED_CHAIN = `eip155:${CHAIN_ID}`

const TRANSFER = eventTopic('Transfer(address,address,uint256)')
const APPROVAL = eventTopic('Approval(address,address,uint256)')
const ZERO_HASH = `0x${'0'.repeat(64)}`
const GENESIS_AT = 1_700_000_000
const BLOCK_SECONDS = 12
const PARTIES = 40
const TOKENS = 4
const TXS_MAX = 4

const hexOf = (value: number | bigint) => `0x${value.toString(16)}`
const padded = (value: number | bigint, bytes: number) =>
  `0x${value.toString(16).padStart(2 * bytes, '0')}`
const party = (no: number) => `0x${(0xa000 + no).toString(16).padStart(40, '1')}`
const token = (no: number) => `0x${(0xc000 + no).toString(16).padStart(40, '2')}`

/**
 * A chain that a seed decides: hashes, roots and blooms are real, so that an answer which was
 * tampered with can be told, and two forks of one height always differ.
 */
export class SimulatedChain {
  readonly #rng: Rng
  readonly #known = new Map<string, SimulatedBlock>()
  #canonical: SimulatedBlock[] = []
  #nonce = 0

  constructor(rng: Rng) {
    this.#rng = rng
    this.#append()
  }

  get best(): SimulatedBlock {
    return this.#canonical.at(-1) as SimulatedBlock
  }

  get canonical(): readonly SimulatedBlock[] {
    return this.#canonical
  }

  at(number: number): SimulatedBlock | undefined {
    return this.#canonical[number]
  }

  byHash(hash: string): SimulatedBlock | undefined {
    return this.#known.get(hash)
  }

  mine(blocks: number): void {
    for (let i = 0; i < blocks; i += 1) this.#append()
  }

  /** Replaces the newest `depth` blocks by others, and mines `more` on top. */
  reorganise(depth: number, more: number): void {
    assert(depth < this.#canonical.length, 'the genesis stays')
    this.#canonical = this.#canonical.slice(0, this.#canonical.length - depth)
    this.mine(depth + more)
  }

  #append(): void {
    const number = this.#canonical.length
    const count = number === 0 ? 0 : intBelow(this.#rng, TXS_MAX)
    const drafts = Array.from({ length: count }, () => this.#draft())
    const made = seal(number, this.#canonical.at(-1), drafts, Math.floor(this.#rng() * 2 ** 48))
    this.#canonical.push(made)
    this.#known.set(made.hash, made)
  }

  #draft(): Draft {
    const rng = this.#rng
    this.#nonce += 1
    const amount = BigInt(1 + intBelow(rng, 1_000_000)) * 10n ** BigInt(intBelow(rng, 20))
    const [from, to] = [party(intBelow(rng, PARTIES)), party(intBelow(rng, PARTIES))]
    const asset = rng() < 0.6 ? token(intBelow(rng, TOKENS)) : null
    const failed = rng() < 0.1
    const logs: DraftLog[] = []
    if (asset !== null && !failed) {
      const [source, target] = [`0x${'0'.repeat(24)}${from.slice(2)}`, topicOf(to)]
      const topic = rng() < 0.8 ? TRANSFER : APPROVAL
      logs.push({ address: asset, topics: [topic, source, target], data: padded(amount, 32) })
    }
    const value = asset === null ? amount : 0n
    return { nonce: this.#nonce, from, to: asset ?? to, value, failed, logs, asset }
  }
}

const topicOf = (address: string) => `0x${'0'.repeat(24)}${address.slice(2)}`

interface DraftLog {
  readonly address: string
  readonly topics: readonly string[]
  readonly data: string
}

interface Draft {
  readonly nonce: number
  readonly from: string
  readonly to: string
  readonly value: bigint
  readonly failed: boolean
  readonly logs: readonly DraftLog[]
  readonly asset: string | null
}

/** Header, transactions and receipts that agree with each other and with their hashes. */
function seal(
  number: number,
  parent: SimulatedBlock | undefined,
  drafts: readonly Draft[],
  salt: number,
): SimulatedBlock {
  const transactions: RpcObject[] = drafts.map((draft, index) => {
    const tx = {
      type: '0x2',
      chainId: hexOf(CHAIN_ID),
      nonce: hexOf(draft.nonce),
      gas: '0x30d40',
      maxFeePerGas: '0x77359400',
      maxPriorityFeePerGas: '0x1',
      from: draft.from,
      to: draft.to,
      value: hexOf(draft.value),
      input: draft.asset === null ? '0x' : `0xa9059cbb${'00'.repeat(64)}`,
      accessList: [],
      yParity: '0x0',
      r: hexOf(salt + index + 1),
      s: '0x1',
      transactionIndex: hexOf(index),
      blockNumber: hexOf(number),
    }
    return { ...tx, hash: keccakText(transactionBytes(tx) as Uint8Array) }
  })
  const receipts = receiptsOf(drafts, transactions, number)
  const logs = receipts.flatMap((receipt) => receipt.logs as RpcObject[])
  const header: RpcObject = {
    number: hexOf(number),
    parentHash: parent?.hash ?? ZERO_HASH,
    sha3Uncles: ZERO_HASH,
    miner: party(0),
    stateRoot: padded(salt, 32),
    transactionsRoot: rootOf(transactions.map(transactionBytes)),
    receiptsRoot: rootOf(receipts.map(receiptBytes)),
    logsBloom: `0x${bytesToHex(bloomOf(logs))}`,
    difficulty: '0x0',
    gasLimit: '0x1c9c380',
    gasUsed: hexOf(21_000 * drafts.length),
    timestamp: hexOf(GENESIS_AT + BLOCK_SECONDS * number),
    extraData: '0x',
    mixHash: ZERO_HASH,
    nonce: '0x0000000000000000',
    baseFeePerGas: '0x7',
  }
  const hash = headerHash(header)
  const within = (object: RpcObject) => ({ ...object, blockHash: hash })
  return {
    number,
    hash,
    block: { ...header, hash, transactions: transactions.map(within) },
    receipts: receipts.map((receipt) => ({
      ...within(receipt),
      logs: (receipt.logs as RpcObject[]).map(within),
    })),
  }
}

function receiptsOf(
  drafts: readonly Draft[],
  transactions: readonly RpcObject[],
  number: number,
): readonly RpcObject[] {
  let logIndex = 0
  return drafts.map((draft, index) => {
    const transactionHash = transactions[index]?.hash
    const place = {
      transactionHash,
      transactionIndex: hexOf(index),
      blockNumber: hexOf(number),
    }
    const logs = draft.logs.map((log) => {
      logIndex += 1
      return { ...log, ...place, logIndex: hexOf(logIndex - 1), removed: false }
    })
    return {
      type: '0x2',
      ...place,
      from: draft.from,
      to: draft.to,
      status: draft.failed ? '0x0' : '0x1',
      cumulativeGasUsed: hexOf(21_000 * (index + 1)),
      gasUsed: '0x5208',
      contractAddress: null,
      logs,
      logsBloom: `0x${bytesToHex(bloomOf(draft.logs as unknown as RpcObject[]))}`,
    }
  })
}

/** How often each fault comes, as a share of requests. */
export interface SimulatedFaults {
  readonly error: number
  readonly limited: number
  readonly missing: number
  readonly lie: number
  /** Blocks that the node may be behind. */
  readonly lagMax: number
}

export const NO_FAULTS: SimulatedFaults = { error: 0, limited: 0, missing: 0, lie: 0, lagMax: 0 }

export interface SimulatedNodeOptions {
  readonly chain: SimulatedChain
  readonly rng: Rng
  readonly faults: SimulatedFaults
  readonly chainId?: number
  readonly finalDepth?: number
  readonly methods?: { readonly blockReceipts?: boolean; readonly receipts?: boolean }
  /** Spoils an answer of the node; the default flips a digit. */
  readonly lie?: (result: unknown, rng: Rng) => unknown
  /** Called for every call with what was answered, and before it is: the world may move on. */
  readonly onCall?: (call: RpcCall) => void
}

/** One node of a simulated chain: answers JSON-RPC, with faults that a seed decides. */
export function simulatedNode(options: SimulatedNodeOptions): RpcTransport {
  const { chain, rng, faults } = options
  let best = chain.best

  function look(): void {
    const behind = faults.lagMax === 0 ? 0 : intBelow(rng, faults.lagMax + 1)
    best = chain.at(Math.max(0, chain.best.number - behind)) ?? chain.best
  }

  function blockAt(tag: unknown): SimulatedBlock | undefined {
    if (tag === 'latest') {
      look()
      return best
    }
    if (tag === 'finalized') return chain.at(Math.max(0, best.number - (options.finalDepth ?? 8)))
    const number = Number(tag)
    return number > best.number ? undefined : chain.at(number)
  }

  function answer({ method, params }: RpcCall): RpcResult {
    const ok = (result: unknown): RpcResult => ({ ok: true, result })
    const missing: RpcResult = { ok: false, code: -32_601, message: 'method not found' }
    switch (method) {
      case 'eth_chainId':
        return ok(hexOf(options.chainId ?? CHAIN_ID))
      case 'eth_getBlockByNumber':
        return ok(shown(blockAt(params[0]), params[1] === true))
      case 'eth_getBlockByHash':
        return ok(shown(chain.byHash(String(params[0])), params[1] === true))
      case 'eth_getBlockReceipts':
        if (options.methods?.blockReceipts === false) return missing
        return ok(blockAt(params[0])?.receipts ?? null)
      case 'eth_getTransactionReceipt':
        if (options.methods?.receipts === false) return missing
        return ok(receiptOf(chain, String(params[0])))
      case 'eth_getLogs':
        return ok(logsOf(chain, params[0]))
      default:
        return missing
    }
  }

  function spoiled(result: RpcResult): RpcResult {
    if (!result.ok) return result
    if (rng() < faults.missing) return { ok: true, result: null }
    if (rng() >= faults.lie) return result
    const copy: unknown = structuredClone(result.result)
    return { ok: true, result: (options.lie ?? flipDigit)(copy, rng) }
  }

  return {
    async send(calls) {
      for (const call of calls) options.onCall?.(call)
      const fault = rng()
      if (fault < faults.error) throw failure('rpc.network')
      if (fault < faults.error + faults.limited) throw failure('rpc.rate_limited')
      return calls.map((call) => {
        const result = answer(call)
        return call.method === 'eth_chainId' ? result : spoiled(result)
      })
    },
    async close() {},
  }
}

function shown(found: SimulatedBlock | undefined, isWhole: boolean): unknown {
  if (found === undefined) return null
  if (isWhole) return found.block
  const transactions = found.block.transactions as readonly RpcObject[]
  return { ...found.block, transactions: transactions.map(({ hash }) => hash) }
}

function receiptOf(chain: SimulatedChain, hash: string): unknown {
  for (const { receipts } of chain.canonical.toReversed()) {
    const found = receipts.find(({ transactionHash }) => transactionHash === hash)
    if (found !== undefined) return found
  }
  return null
}

function logsOf(chain: SimulatedChain, filter: unknown): unknown {
  const hash = (filter as { blockHash?: unknown } | null)?.blockHash
  return chain.byHash(String(hash))?.receipts.flatMap(({ logs }) => logs as RpcObject[]) ?? []
}

function failure(code: 'rpc.network' | 'rpc.rate_limited'): AppError {
  return code === 'rpc.network'
    ? new AppError('rpc.network', 'The endpoint cannot be reached.', { retryable: true })
    : new AppError('rpc.rate_limited', 'The endpoint asks for fewer requests.', {
        retryable: true,
        params: { retryAfter: '1' },
      })
}

/** The smallest lie: one hexadecimal digit somewhere is another one. */
function flipDigit(result: unknown, rng: Rng): unknown {
  const text = JSON.stringify(result)
  const places = [...text.matchAll(/(?<=0x[0-9a-f]*)[0-9a-f]/g)].map(({ index }) => index)
  const at = places[intBelow(rng, places.length)]
  if (at === undefined) return result
  const other = (Number.parseInt(text[at] ?? '0', 16) + 1 + intBelow(rng, 15)) % 16
  return JSON.parse(text.slice(0, at) + other.toString(16) + text.slice(at + 1))
}
