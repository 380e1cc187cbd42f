import { describe, expect, it } from 'vitest'
import { noChain } from '../../test/support/no-chain.ts'
import { sampleQueries } from '../../test/support/sample-queries.ts'
import type { AlertStream } from '../query/chain.ts'
import type { AlertView, ChainQueries, TransferView } from '../query/chain-types.ts'
import { alertStream, eventText } from './alert-stream.ts'
import { createApi } from './app.ts'

function alertOf(change: number, part: Partial<AlertView> = {}): AlertView {
  return {
    id: 'a'.repeat(64),
    state: 'provisional',
    rule: 'counterparty.scam',
    ruleVersion: '1',
    severity: 'danger',
    chain: 'eip155:1',
    block: 7,
    blockHash: '0xb10c',
    tx: '0x77',
    logIndex: 3,
    subjects: ['eip155:1:0xaa'],
    asset: null,
    amount: '12',
    decimals: null,
    text: 'one line\r\nid: 99\n\n',
    params: {},
    statements: [],
    at: '2026-03-01T00:00:00Z',
    supersedes: null,
    change,
    ...part,
  }
}

const TRANSFER: TransferView = {
  asset: 'eip155:1/erc20:0x11',
  from: 'eip155:1:0xaa',
  to: null,
  amount: '1500000',
  tokenId: null,
  tx: '0x77',
  logIndex: 3,
  isInternal: false,
  block: 7,
  at: '2026-03-01T00:00:00Z',
  state: 'final',
  units: '1.5',
  symbol: '=HYPERLINK("http://evil.example")',
}

function apiWith(chain: Partial<ChainQueries & AlertStream>) {
  return createApi({ queries: sampleQueries, version: '0.0.0', chain: { ...noChain, ...chain } })
}

describe('routes of chains', () => {
  it('what is not held is a problem with a code of its own', async () => {
    const api = apiWith({})
    for (const [path, code] of [
      ['/v1/blocks/eip155:1/7', 'block.unknown'],
      ['/v1/tx/eip155:1/0x77', 'transaction.unknown'],
      ['/v1/addresses/nonsense', 'address.unknown'],
      ['/v1/tokens/eip155:1/erc20:0x11', 'token.unknown'],
    ]) {
      const response = await api.request(path as string)
      expect(response.status, path).toBe(404)
      expect(await response.json()).toMatchObject({ code })
    }
  })

  it('without chains every question says so', async () => {
    const api = createApi({ queries: sampleQueries, version: '0.0.0' })
    for (const path of ['/v1/chains', '/v1/alerts', '/v1/alerts/stream']) {
      const response = await api.request(path)
      expect(response.status, path).toBe(503)
      expect(await response.json()).toMatchObject({ code: 'chain.no_data' })
    }
  })

  it('a token’s id may have its slash as it is or encoded', async () => {
    const asked: string[] = []
    const api = apiWith({
      token: async (caip19) => {
        asked.push(caip19)
        return undefined
      },
    })
    await api.request('/v1/tokens/eip155:1/erc20:0x11')
    await api.request(`/v1/tokens/${encodeURIComponent('eip155:1/erc20:0x11')}`)
    expect(asked).toEqual(['eip155:1/erc20:0x11', 'eip155:1/erc20:0x11'])
  })

  it('filters of alerts reach the question, and a wrong one is refused', async () => {
    const asked: unknown[] = []
    const api = apiWith({
      alerts: async (params) => {
        asked.push(params)
        return { alerts: [alertOf(5)], head: 5, nextBefore: null, asOf: '2026-03-01T00:00:00Z' }
      },
    })
    const path = '/v1/alerts?since=4&rule=counterparty.scam&state=confirmed&chain=eip155:1&limit=2'
    expect((await api.request(path)).status).toBe(200)
    expect(asked).toEqual([
      { since: 4, rule: 'counterparty.scam', state: 'confirmed', chain: 'eip155:1', limit: 2 },
    ])
    expect((await api.request('/v1/alerts?state=over')).status).toBe(400)
    expect((await api.request('/v1/alerts?since=-1')).status).toBe(400)
  })

  it('transfers come as CSV by Accept or by format, page after page, and no cell is a formula', async () => {
    const api = apiWith({
      transfers: async (address, { cursor }) => ({
        address,
        transfers: [TRANSFER],
        nextCursor: cursor === undefined ? 'second' : null,
        asOf: '2026-03-01T00:00:00Z',
      }),
    })
    const path = '/v1/addresses/eip155:1:0xaa/transfers'
    const byAccept = await api.request(path, { headers: { accept: 'text/csv' } })
    const byFormat = await api.request(`${path}?format=csv`)
    const lines = (await byAccept.text()).trimEnd().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil.example"")"`)
    expect((await byFormat.text()).trimEnd().split('\r\n')).toEqual(lines)
    expect(byFormat.headers.get('content-type')).toContain('text/csv')
  })
})

describe('the stream of alerts', () => {
  it('an event is one line of data, whatever the alert says', () => {
    const text = eventText(alertOf(3))
    expect(text.split('\n')).toHaveLength(5)
    expect(text).toMatch(/^id: 3\nevent: alert\ndata: \{.*\}\n\n$/)
  })

  /** Reads until the stream has given so much text. */
  async function read(stream: ReadableStream<Uint8Array>, events: number): Promise<string> {
    const reader = stream.getReader()
    let text = ''
    while (text.split('event: alert').length <= events) {
      const { value, done } = await reader.read()
      if (done) break
      text += new TextDecoder().decode(value)
    }
    await reader.cancel()
    return text
  }

  const changing = (until: number): Pick<AlertStream, 'changes'> => ({
    changes: async (since, limit) =>
      Array.from({ length: until }, (_, i) => alertOf(i + 1))
        .filter(({ change }) => change > since)
        .slice(0, limit),
  })

  it('goes on behind Last-Event-ID, each change once and in order', async () => {
    const api = apiWith(changing(250))
    const response = await api.request('/v1/alerts/stream', { headers: { 'last-event-id': '40' } })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const text = await read(response.body as ReadableStream<Uint8Array>, 210)
    const ids = [...text.matchAll(/^id: (\d+)\nevent/gm)].map(([, id]) => Number(id))
    expect(ids).toEqual(Array.from({ length: 210 }, (_, i) => i + 41))
  })

  it('a client that has gone ends the waiting and gives its place free', async () => {
    let ended = 0
    let waited: AbortSignal | undefined
    const chain = {
      ...noChain,
      waitForAlert: (_: number, signal: AbortSignal) =>
        new Promise<void>((resolve) => {
          waited = signal
          signal.addEventListener('abort', () => resolve(), { once: true })
        }),
    }
    const stream = alertStream({ chain, asked: {}, since: 0 }, () => {
      ended += 1
    })
    const reader = stream.getReader()
    await reader.read()
    void reader.read()
    await new Promise((resolve) => setTimeout(resolve, 5))
    await reader.cancel()
    expect(ended).toBe(1)
    expect(waited?.aborted).toBe(true)
  })

  it('changes that no store holds any more are passed over, without asking again and again', async () => {
    let asked = 0
    const chain = {
      ...noChain,
      head: async () => 12,
      changes: async () => {
        asked += 1
        return []
      },
      waitForAlert: async (since: number, signal: AbortSignal) => {
        if (since >= 12) await new Promise((resolve) => signal.addEventListener('abort', resolve))
      },
    }
    const reader = alertStream({ chain, asked: {}, since: 0 }, () => {}).getReader()
    await reader.read()
    void reader.read()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(asked).toBe(1)
    await reader.cancel()
  })

  it('who reads slowly is not written ahead to', async () => {
    let asked = 0
    const chain = {
      ...noChain,
      changes: async (since: number, limit: number) => {
        asked += 1
        return Array.from({ length: limit }, (_, i) => alertOf(since + i + 1))
      },
    }
    const stream = alertStream({ chain, asked: {}, since: 0 }, () => {})
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(asked).toBeLessThanOrEqual(2)
    await stream.cancel()
  })
})
