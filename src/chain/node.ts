import { AppError, asAppError } from '../base/error.ts'
import type { Log } from '../base/log.ts'
import type { Endpoint } from './endpoint.ts'
import { Endpoints } from './endpoints.ts'
import { readCount, readHash, readObject } from './evm/value.ts'
import { evmSource } from './follow-evm.ts'
import { type RpcCall, type RpcResult, type RpcTransport, resultOf } from './rpc.ts'
import type { ChainBlock, ChainId } from './types.ts'

export interface OnDemandOptions {
  readonly chain: ChainId
  readonly urls: readonly string[]
  readonly log: Log
  /** Default: HTTP or WebSocket, by the address. */
  readonly transportOf?: (url: string) => RpcTransport
}

/** A page waits no longer for a node than for anything else. */
const TIMEOUT_MS = 6_000
/** Questions under way at once: whoever comes then is told to come again. */
const AT_ONCE_MAX = 8
const FINAL_MS = 5_000
const WORDS_MAX = 200

/** Selectors of ERC-20's and ERC-173's views. */
const VIEWS = {
  name: '0x06fdde03',
  symbol: '0x95d89b41',
  decimals: '0x313ce567',
  supply: '0x18160ddd',
  owner: '0x8da5cb5b',
} as const
/** ERC-1967: keccak-256("eip1967.proxy.implementation") - 1, and the same of the beacon. */
const SLOTS = {
  'eip1967.implementation': '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc',
  'eip1967.beacon': '0xa3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6cb3582b35133d50',
} as const
/** ERC-1167, the minimal proxy: the address stands between two fixed pieces of code. */
const MINIMAL = /^0x363d3d373d3d3d363d73([0-9a-f]{40})5af43d82803e903d91602b57fd5bf3/

/**
 * A node that is asked when somebody looks at what was not followed. It has limits of its own, so
 * that readers cannot make this installation ask more than it may; nothing it says is stored.
 */
export function onDemandNode(options: OnDemandOptions) {
  const endpoints = new Endpoints(options)
  const source = evmSource({ endpoints })
  let atOnce = 0
  let final: { readonly number: number; readonly ms: number } | undefined

  async function limited<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (atOnce >= AT_ONCE_MAX) {
      throw new AppError('chain.node_busy', 'Too many questions wait for the node.', {
        status: 503,
        retryable: true,
      })
    }
    atOnce += 1
    try {
      return await work(AbortSignal.timeout(TIMEOUT_MS))
    } finally {
      atOnce -= 1
    }
  }

  const ask = (calls: readonly RpcCall[], signal: AbortSignal): Promise<readonly RpcResult[]> =>
    endpoints.use((endpoint: Endpoint) => endpoint.call(calls, signal), { signal })

  async function blockAt(call: RpcCall, signal: AbortSignal): Promise<ChainBlock | undefined> {
    const [result] = await ask([call], signal)
    const value = resultOf(call, result)
    if (value === null) return undefined
    const { number, hash } = readObject(value, 'block')
    const ref = { number: readCount(number, 'number'), hash: readHash(hash, 'hash') }
    return source.byHash(ref, signal)
  }

  return {
    async block(ref: number | string): Promise<ChainBlock | undefined> {
      const call =
        typeof ref === 'number'
          ? { method: 'eth_getBlockByNumber', params: [`0x${ref.toString(16)}`, false] }
          : { method: 'eth_getBlockByHash', params: [`0x${ref.replace(/^0x/, '')}`, false] }
      return limited((signal) => blockAt(call, signal))
    },
    async blockOf(tx: string): Promise<ChainBlock | undefined> {
      return limited(async (signal) => {
        const call = { method: 'eth_getTransactionByHash', params: [tx] }
        const [result] = await ask([call], signal)
        const value = resultOf(call, result)
        if (value === null) return undefined
        const { blockHash } = readObject(value, 'transaction')
        if (blockHash === null || blockHash === undefined) return undefined
        const hash = readHash(blockHash, 'blockHash')
        return blockAt({ method: 'eth_getBlockByHash', params: [hash, false] }, signal)
      })
    },
    async account(address: string) {
      return limited(async (signal) => {
        const calls = [
          { method: 'eth_getBalance', params: [address, 'latest'] },
          { method: 'eth_getCode', params: [address, 'latest'] },
          { method: 'eth_getTransactionCount', params: [address, 'latest'] },
          { method: 'eth_blockNumber', params: [] },
        ]
        const results = await ask(calls, signal)
        const [balance, code, transactions, block] = calls.map((call, i) =>
          resultOf(call, results[i]),
        )
        return {
          balance: quantity(balance),
          isContract: hexText(code) !== '0x',
          transactions: readCount(transactions, 'nonce'),
          block: readCount(block, 'number'),
        }
      })
    },
    async token(address: string) {
      return limited(async (signal) => tokenOf(ask, address, signal))
    },
    async finalized(): Promise<number> {
      const nowMs = performance.now()
      if (final !== undefined && nowMs - final.ms < FINAL_MS) return final.number
      const { finalized } = await limited((signal) => source.heads(signal))
      final = { number: finalized.number, ms: nowMs }
      return finalized.number
    },
    close: () => source.close(),
  }
}

type Ask = (calls: readonly RpcCall[], signal: AbortSignal) => Promise<readonly RpcResult[]>

async function tokenOf(ask: Ask, address: string, signal: AbortSignal) {
  const views = Object.entries(VIEWS)
  const slots = Object.entries(SLOTS)
  const calls: RpcCall[] = [
    { method: 'eth_getCode', params: [address, 'latest'] },
    ...slots.map(([, slot]) => ({
      method: 'eth_getStorageAt',
      params: [address, slot, 'latest'],
    })),
    ...views.map(([, data]) => ({
      method: 'eth_call',
      params: [{ to: address, data }, 'latest'],
    })),
  ]
  const results = await ask(calls, signal)
  // A contract that has no such function reverts: that is an answer, and no fault of the node.
  const at = (i: number) => {
    try {
      return hexText(resultOf(calls[i] as RpcCall, results[i]))
    } catch (error) {
      if (asAppError(error).code === 'internal.error') throw error
      return '0x'
    }
  }
  const code = at(0)
  const said = new Map(views.map(([name], i) => [name, at(1 + slots.length + i)]))
  const proxy = proxyOf(
    code,
    slots.map(([kind], i) => [kind, at(1 + i)] as const),
  )
  const more: RpcCall[] =
    proxy === null ? [] : [{ method: 'eth_getCode', params: [proxy.implementation, 'latest'] }]
  const [implementation] = more.length === 0 ? [] : await ask(more, signal)
  const decimals = numberIn(said.get('decimals'))
  return {
    name: textIn(said.get('name')),
    symbol: textIn(said.get('symbol')),
    decimals: decimals !== null && decimals <= 255n ? Number(decimals) : null,
    supply: numberIn(said.get('supply')),
    code,
    proxy,
    implementationCode: implementation?.ok === true ? hexText(implementation.result) : null,
    owner: addressIn(said.get('owner')),
  }
}

function proxyOf(code: string, slots: readonly (readonly [string, string])[]) {
  for (const [kind, word] of slots) {
    const implementation = addressIn(word)
    if (implementation !== null) return { kind, implementation }
  }
  const minimal = MINIMAL.exec(code)?.[1]
  return minimal === undefined ? null : { kind: 'eip1167', implementation: `0x${minimal}` }
}

function hexText(value: unknown): string {
  return typeof value === 'string' && /^0x[0-9a-fA-F]*$/.test(value) ? value.toLowerCase() : '0x'
}

function quantity(value: unknown): bigint {
  const text = hexText(value)
  return text === '0x' ? 0n : BigInt(text)
}

/** The first word of an answer. */
function numberIn(answer: string | undefined): bigint | null {
  return answer !== undefined && answer.length >= 66 ? BigInt(answer.slice(0, 66)) : null
}

/** An address fills the low twenty bytes of a word; zero is nobody. */
function addressIn(answer: string | undefined): string | null {
  const word = answer?.slice(2, 66) ?? ''
  if (!/^0{24}[0-9a-f]{40}$/.test(word) || /^0+$/.test(word)) return null
  return `0x${word.slice(24)}`
}

/** A string of the ABI, or, as tokens before 2017 answer, a word filled up with zeros. */
function textIn(answer: string | undefined): string | null {
  const bytes = Buffer.from((answer ?? '0x').slice(2), 'hex')
  if (bytes.length === 32) return clean(bytes.subarray(0, firstZero(bytes)))
  if (bytes.length < 64) return null
  const at = Number(BigInt(`0x${bytes.toString('hex', 0, 32)}`))
  if (at !== 32) return null
  const size = Number(BigInt(`0x${bytes.toString('hex', 32, 64)}`))
  return size > bytes.length - 64 ? null : clean(bytes.subarray(64, 64 + size))
}

function firstZero(bytes: Buffer): number {
  const at = bytes.indexOf(0)
  return at === -1 ? bytes.length : at
}

/** A name is shown to people: control characters and what is no text are left out. */
function clean(bytes: Buffer): string | null {
  const text = bytes
    .toString()
    .replaceAll(/[\p{C}\uFFFD]/gu, '')
    .trim()
    .slice(0, WORDS_MAX)
  return text === '' ? null : text
}
