import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { silentLog } from '../base/log.ts'
import { seededRng } from '../base/rng.ts'
import { onDemandNode } from './node.ts'
import type { RpcTransport } from './rpc.ts'
import { NO_FAULTS, SIMULATED_CHAIN, SimulatedChain, simulatedNode } from './simulated.ts'

interface Call {
  readonly id: number
  readonly method: string
  readonly params: readonly unknown[]
}
type Answer = (call: Call) => unknown

const TOKEN = `0x${'ab'.repeat(20)}`
const BEHIND = `0x${'cd'.repeat(20)}`
const word = (hex: string) => hex.padStart(64, '0')
/** A string as the ABI returns it: offset, length, bytes. */
const abiText = (text: string) => {
  const bytes = Buffer.from(text)
  const size = bytes.length.toString(16)
  return `0x${word('20')}${word(size)}${bytes.toString('hex').padEnd(64, '0')}`
}

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A node that answers each call by `answer`; what is `undefined` there is an error of the node. */
async function nodeThat(answer: Answer) {
  const one = (call: Call) => {
    const result = call.method === 'eth_chainId' ? '0x1' : answer(call)
    const head = { jsonrpc: '2.0', id: call.id }
    return result === undefined
      ? { ...head, error: { code: 3, message: 'execution reverted' } }
      : { ...head, result }
  }
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const asked = JSON.parse(Buffer.concat(parts).toString()) as Call | Call[]
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(Array.isArray(asked) ? asked.map(one) : one(asked)))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const node = onDemandNode({ chain: 'eip155:1', urls: [url], log: silentLog })
  ends.push(
    () => node.close(),
    () => server.closeAllConnections(),
    () => server.close(),
  )
  return node
}

/** A token whose views answer so, by selector; storage by slot's first digits; code by address. */
function tokenNode(
  views: Readonly<Record<string, string>>,
  storage: Readonly<Record<string, string>> = {},
  code: Readonly<Record<string, string>> = { [TOKEN]: '0x6001' },
) {
  return nodeThat(({ method, params }) => {
    const [first, second] = params as [string | { data: string }, string]
    if (method === 'eth_getCode') return code[String(first)] ?? '0x'
    if (method === 'eth_getStorageAt') return storage[second.slice(0, 6)] ?? `0x${word('')}`
    if (method === 'eth_call' && typeof first === 'object') return views[first.data]
    return undefined
  })
}

const NAME = '0x06fdde03'
const SYMBOL = '0x95d89b41'
const DECIMALS = '0x313ce567'
const SUPPLY = '0x18160ddd'
const OWNER = '0x8da5cb5b'

describe('a token that is read from the node', () => {
  it('tells name, symbol, decimals, supply and owner, exactly', async () => {
    const supply = 2n ** 255n + 1n
    const node = await tokenNode({
      [NAME]: abiText('Dollar Coin'),
      [SYMBOL]: abiText('USDX'),
      [DECIMALS]: `0x${word('6')}`,
      [SUPPLY]: `0x${word(supply.toString(16))}`,
      [OWNER]: `0x${word(BEHIND.slice(2))}`,
    })
    expect(await node.token(TOKEN)).toEqual({
      ...{ name: 'Dollar Coin', symbol: 'USDX', decimals: 6, supply, code: '0x6001' },
      ...{ proxy: null, implementationCode: null, owner: BEHIND },
    })
  })

  it('knows no more than it was told: reverts, nonsense and lies give nothing', async () => {
    const node = await tokenNode({
      [NAME]: `0x${word('20')}${word('ffffff')}41`,
      [DECIMALS]: `0x${word('1000')}`,
      [SUPPLY]: '0x12',
      [OWNER]: `0x${'ff'.repeat(32)}`,
    })
    expect(await node.token(TOKEN)).toMatchObject({
      ...{ name: null, symbol: null, decimals: null, supply: null, owner: null },
    })
  })

  it('reads names of the time before 2017, and drops what only disturbs a text', async () => {
    const old = `0x${Buffer.from('MKR').toString('hex').padEnd(64, '0')}`
    const node = await tokenNode({ [SYMBOL]: old, [NAME]: abiText('Us\u202ed\u0000t ') })
    expect(await node.token(TOKEN)).toMatchObject({ symbol: 'MKR', name: 'Usdt' })
  })

  it('finds the code behind a proxy: by slot (ERC-1967) and in its own code (ERC-1167)', async () => {
    const bySlot = await tokenNode(
      {},
      { '0x3608': `0x${word(BEHIND.slice(2))}` },
      { [TOKEN]: '0x60', [BEHIND]: '0x6002' },
    )
    expect(await bySlot.token(TOKEN)).toMatchObject({
      proxy: { kind: 'eip1967.implementation', implementation: BEHIND },
      implementationCode: '0x6002',
    })
    const clone = `0x363d3d373d3d3d363d73${BEHIND.slice(2)}5af43d82803e903d91602b57fd5bf3`
    const byCode = await tokenNode({}, {}, { [TOKEN]: clone, [BEHIND]: '0x6003' })
    expect(await byCode.token(TOKEN)).toMatchObject({
      proxy: { kind: 'eip1167', implementation: BEHIND },
      implementationCode: '0x6003',
    })
  })
})

describe('an account that is read from the node', () => {
  it('tells balance, count and whether there is code', async () => {
    const node = await nodeThat(({ method }) => {
      if (method === 'eth_getBalance') return '0xde0b6b3a7640000'
      if (method === 'eth_getCode') return '0x'
      return method === 'eth_getTransactionCount' ? '0x5' : '0x10'
    })
    expect(await node.account(TOKEN)).toEqual({
      ...{ balance: 10n ** 18n, isContract: false, transactions: 5, block: 16 },
    })
  })

  it('is refused with a stable code where the node says nonsense', async () => {
    const node = await nodeThat(({ method }) => (method === 'eth_getBalance' ? '0x0' : 'twelve'))
    await expect(node.account(TOKEN)).rejects.toMatchObject({
      code: expect.stringMatching(/^(rpc|chain)\./),
    })
  })
})

describe('blocks that are read from the node', () => {
  const chain = new SimulatedChain(seededRng(5))
  chain.mine(12)
  const within = chain.canonical.find(({ block }) => (block.transactions as unknown[]).length > 0)
  const tx = (within?.block.transactions as { hash: string }[] | undefined)?.[0]?.hash ?? ''

  /** The simulated node, which can also say in which block a transaction is. */
  function transport(): RpcTransport {
    const node = simulatedNode({ chain, faults: NO_FAULTS, rng: seededRng(6) })
    return {
      ...node,
      close: async () => {},
      send: async (calls, signal) =>
        calls[0]?.method === 'eth_getTransactionByHash'
          ? [{ ok: true, result: { blockHash: calls[0].params[0] === tx ? within?.hash : null } }]
          : node.send(calls, signal),
    }
  }

  it('come whole, by number and by a transaction in them', async () => {
    const node = onDemandNode({
      ...{ chain: SIMULATED_CHAIN, urls: ['http://node.invalid/'], log: silentLog },
      transportOf: transport,
    })
    ends.push(() => node.close())
    expect(await node.block(7)).toMatchObject({ number: 7, hash: chain.at(7)?.hash })
    expect((await node.blockOf(tx))?.hash).toBe(within?.hash)
    expect(await node.blockOf(`0x${'00'.repeat(32)}`)).toBeUndefined()
    expect(await node.block(999)).toBeUndefined()
  })

  it('are asked for by few at once: whoever comes then is told to come again', async () => {
    const node = await nodeThat(() => '0x0')
    const asked = Array.from({ length: 30 }, () => node.account(TOKEN).catch((error) => error.code))
    const answers = await Promise.all(asked)
    expect(answers.filter((answer) => answer === 'chain.node_busy')).toHaveLength(22)
  })
})
