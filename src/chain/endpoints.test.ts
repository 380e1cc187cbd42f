import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { silentLog } from '../base/log.ts'
import { openHttpLink } from '../base/operator-link.ts'
import { seededRng } from '../base/rng.ts'
import { AdaptiveRate } from './endpoint-rate.ts'
import { Endpoints, endpointName } from './endpoints.ts'
import { httpTransport, type RpcTransport } from './rpc.ts'
import { NO_FAULTS, SIMULATED_CHAIN, SimulatedChain, simulatedNode } from './simulated.ts'

const signal = new AbortController().signal
const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

type Handler = (body: string, response: ServerResponse, request: IncomingMessage) => void

function serve(handler: Handler): Promise<string> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => handler(body, response, request))
  })
  servers.push(server)
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/key`)
    })
  })
}

const CALL = { method: 'eth_blockNumber', params: [] }

async function codeOf(handler: Handler, timeoutMs = 2_000, calls = [CALL]): Promise<string> {
  const transport = httpTransport(openHttpLink(await serve(handler)), timeoutMs)
  try {
    return await transport.send(calls, signal).then(
      () => 'answered',
      (error: { code?: string }) => error.code ?? String(error),
    )
  } finally {
    await transport.close()
  }
}

describe('one answer over HTTP', () => {
  it('is told from a page, from noise, from silence and from drops without end', async () => {
    expect(await codeOf((_body, response) => response.end('<html>Sign in</html>'))).toBe(
      'rpc.not_json',
    )
    expect(await codeOf((_body, response) => response.end(''))).toBe('rpc.not_json')
    expect(await codeOf(() => {}, 200)).toBe('rpc.timeout')
    const drops: Handler = (_body, response) => {
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    }
    expect(await codeOf(drops, 300)).toBe('rpc.timeout')
    expect(await codeOf((_body, _response, { socket }) => socket.destroy())).toBe('rpc.network')
  })

  it('keeps the status of a refusal, and the wish for fewer requests', async () => {
    const status = (code: number, text = 'no'): Handler => {
      return (_body, response) => {
        response.writeHead(code, { 'retry-after': '7' })
        response.end(text)
      }
    }
    expect(await codeOf(status(429))).toBe('rpc.rate_limited')
    expect(await codeOf(status(403))).toBe('rpc.status')
    expect(await codeOf(status(502, '<html>'))).toBe('rpc.status')
    expect(await codeOf(status(302, ''))).toBe('rpc.status')
    const error = { jsonrpc: '2.0', id: 2, error: { code: -32_000, message: 'busy' } }
    expect(await codeOf(status(500, JSON.stringify(error)))).toBe('answered')
  })

  it('is not read beyond its limit', async () => {
    const endless: Handler = (_body, response) => {
      const chunk = Buffer.alloc(1 << 20, 32)
      const push = () => {
        while (!response.destroyed && response.write(chunk));
      }
      response.on('drain', push)
      push()
    }
    expect(await codeOf(endless, 20_000)).toBe('rpc.too_large')
  })

  it('comes one by one from an endpoint that takes no batches', async () => {
    const seen: number[] = []
    const handler: Handler = (body, response) => {
      const asked = JSON.parse(body) as { id: number }
      if (Array.isArray(asked)) {
        response.end('{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no batches"}}')
        return
      }
      seen.push(asked.id)
      response.end(JSON.stringify({ jsonrpc: '2.0', id: asked.id, result: asked.id }))
    }
    const transport = httpTransport(openHttpLink(await serve(handler)))
    const results = await transport.send([CALL, CALL, CALL], signal)
    expect(results.map((result) => result.ok && result.result)).toEqual(seen)
    expect(seen).toHaveLength(3)
    await transport.close()
  })

  it('ends at once when the caller gives up', async () => {
    const transport = httpTransport(openHttpLink(await serve(() => {})))
    const end = new AbortController()
    const sent = transport.send([CALL], end.signal)
    end.abort()
    await expect(sent).rejects.toMatchObject({ code: 'rpc.aborted' })
    await transport.close()
  })
})

describe('the rate of an endpoint', () => {
  it('rises with answers, falls with refusals, and stays between its bounds', async () => {
    const clock = { ms: 0, nowMs: () => clock.ms }
    const slept: number[] = []
    const rate = new AdaptiveRate(clock, async (ms) => {
      slept.push(ms)
      clock.ms += ms
    })
    expect(rate.perSecond).toBe(20)
    for (let i = 0; i < 21; i += 1) await rate.take(1, signal)
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(0)
    for (let i = 0; i < 200; i += 1) rate.answered()
    expect(rate.perSecond).toBe(500)
    for (let i = 0; i < 500; i += 1) rate.refused(null)
    expect(rate.perSecond).toBe(3)
    slept.length = 0
    rate.refused('30')
    await rate.take(1, signal)
    expect(slept[0]).toBeGreaterThan(29_000)
  })
})

describe('the endpoints of a chain', () => {
  const chain = new SimulatedChain(seededRng(1))
  chain.mine(3)
  const good = () => simulatedNode({ chain, rng: seededRng(2), faults: NO_FAULTS })
  const bad: RpcTransport = {
    send: async () => {
      throw Object.assign(new Error('never'), { code: 'x' })
    },
    close: async () => {},
  }

  function pool(transports: Readonly<Record<string, RpcTransport>>) {
    const clock = { ms: 0, nowMs: () => clock.ms }
    return new Endpoints({
      chain: SIMULATED_CHAIN,
      urls: Object.keys(transports).map((name) => `https://${name}/secret`),
      clock,
      sleep: async (ms) => {
        clock.ms += ms
      },
      log: silentLog,
      transportOf: (url) => transports[endpointName(url)] as RpcTransport,
    })
  }

  it('fail over to the next and come back to the preferred one', async () => {
    const faults = { ...NO_FAULTS, error: 1 }
    const down = simulatedNode({ chain, rng: seededRng(2), faults })
    let isDown = true
    const first: RpcTransport = {
      send: (calls, s) => (isDown ? down : good()).send(calls, s),
      close: async () => {},
    }
    const endpoints = pool({ first, second: good() })
    const ask = () =>
      endpoints.use(
        async (endpoint) => {
          await endpoint.call([{ method: 'eth_chainId', params: [] }], signal)
          return endpoint.name
        },
        { signal },
      )
    expect(await ask()).toBe('second')
    expect(endpoints.states[0]).toMatchObject({ health: 'failing', failures: 1 })
    isDown = false
    expect(await ask()).toBe('second')
    await endpoints.use(async () => endpoints.all[0]?.succeeded(), { signal })
    expect(await ask()).toBe('first')
  })

  it('are named by their host: paths and credentials hold keys', () => {
    expect(endpointName('https://user:key@node.example:8545/v2/key?a=b')).toBe('node.example:8545')
    expect(endpointName('not a url')).toBe('endpoint')
    const twice = new Endpoints({
      chain: SIMULATED_CHAIN,
      urls: ['https://node.example/a', 'https://node.example/b'],
      transportOf: () => bad,
    })
    expect(twice.states.map(({ name }) => name)).toEqual(['node.example', 'node.example (2)'])
  })

  it('pass on a fault of Custos itself instead of blaming an endpoint', async () => {
    const endpoints = pool({ only: bad })
    const asked = endpoints.use((endpoint) => endpoint.call([CALL], signal), { signal })
    await expect(asked).rejects.toMatchObject({ code: 'internal.error' })
    expect(endpoints.states[0]?.failures).toBe(0)
  })
})
