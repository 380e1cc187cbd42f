import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, serve } from '../../src/api/serve.ts'
import { exchange, startApi, statusOf } from '../support/api-server.ts'
import { sampleQueries, sampleVerdict } from '../support/sample-queries.ts'

const MIB = 1_048_576
let server: RunningServer

beforeAll(async () => {
  server = await startApi()
})

afterAll(async () => {
  await server.close()
})

/** Sends a body in pieces without saying how long it will be. */
function postChunked(bytes: number, head: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const out = request(
      {
        port: server.port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/v1/check',
        headers: { 'content-type': 'application/json' },
      },
      (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          body += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
        response.on('error', reject)
      },
    )
    out.on('error', (error: Error & { code?: string }) => {
      // The server may close while bytes are still on their way: its answer came before.
      if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') reject(error)
    })
    out.write(head)
    const piece = ' '.repeat(65_536)
    for (let sent = head.length; sent < bytes; sent += piece.length) {
      out.write(piece.slice(0, Math.min(piece.length, bytes - sent)))
    }
    out.end()
  })
}

describe('the body limit', () => {
  it('takes a body of exactly 1 MiB', async () => {
    const { status } = await postChunked(MIB, '{"queries":[]}')
    expect(status).toBe(200)
  })

  it('refuses one byte more, also when no length is announced', async () => {
    const { status, body } = await postChunked(MIB + 1, '{"queries":[]}')
    expect(status).toBe(413)
    expect(JSON.parse(body)).toMatchObject({ code: 'request.too_large' })
  })

  it('refuses an announced length without reading on', async () => {
    const text = await exchange(
      server.port,
      `POST /v1/check HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${MIB + 1}\r\n\r\n`,
    )
    expect(statusOf(text)).toBe(413)
    expect(text.toLowerCase()).toContain('connection: close')
  })

  it.each([
    [`{"queries":${'['.repeat(200_000)}`, 400],
    [`{"queries":[${'{"q":'.repeat(100_000)}`, 400],
    [`{"queries":[{"q":"${'x'.repeat(900_000)}"}]}`, 200],
    [`{"queries":[{"q":"${'\\u0000'.repeat(1_000)}"}]}`, 200],
    ['{"queries":[{"q":"\xff\xfe"}]}', 400],
    ['{"queries":1e999}', 400],
  ])('survives %.40s', async (body, status) => {
    const text = await exchange(
      server.port,
      `POST /v1/check HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      2_000,
    )
    expect(statusOf(text)).toBe(status)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', ''])(
    'refuses a body of type %j',
    async (type) => {
      const response = await fetch(`${server.url}v1/check`, {
        method: 'POST',
        body: new Blob(['{"queries":[]}'], { type }),
      })
      expect(response.status).toBe(415)
    },
  )
})

describe('the head of a request', () => {
  it('has room for the longest query in the widest script', async () => {
    const q = encodeURIComponent('中'.repeat(2_048))
    expect((await fetch(`${server.url}v1/check?q=${q}`)).status).toBe(200)
  })

  it('is refused with a problem when it is too large', async () => {
    const text = await exchange(
      server.port,
      `GET /v1/check?q=${'x'.repeat(40_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
    )
    expect(statusOf(text)).toBe(431)
    expect(text).toContain('"code":"request.headers_too_large"')
  })

  it.each([
    'nonsense\r\n\r\n',
    'GET /v1/check?q=x HTTP/9.9\r\n\r\n',
    'GET /v1/check?q=x HTTP/1.1\r\nhost x\r\n\r\n',
    'GET /v1/check?q=x HTTP/1.1\r\n host: x\r\n\r\n',
    'GET /v1/check?q=a b HTTP/1.1\r\nhost: x\r\n\r\n',
    'GET /v1/check?q=x HTTP/1.1\r\nhost: x\r\nx: a\x00b\r\n\r\n',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  ])('is refused when it is not HTTP: %j', async (bytes) => {
    const text = await exchange(server.port, bytes)
    expect(statusOf(text)).toBe(400)
  })

  it.each([
    'content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nhost: x\r\n\r\n',
    'content-length: 5\r\ncontent-length: 6\r\n\r\nabcdef',
    'transfer-encoding: xchunked\r\n\r\n0\r\n\r\n',
    'transfer-encoding: chunked\r\n\r\nzz\r\n',
    'content-length: +5\r\n\r\nabcde',
  ])('cannot smuggle a second request: %j', async (rest) => {
    const text = await exchange(
      server.port,
      `POST /v1/check HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${rest}`,
    )
    expect([0, 400]).toContain(statusOf(text))
    expect(text).not.toContain('custos_')
  })
})

describe('shutting down', () => {
  it('lets an answer under way finish, and ends in under five seconds whatever clients do', async () => {
    const slow = await startApi({
      ...sampleQueries,
      async check({ q }) {
        await new Promise((resolve) => setTimeout(resolve, 300))
        return sampleVerdict(q)
      },
    })
    const underWay = fetch(`${slow.url}v1/check?q=danger`)
    // One client sends nothing, one never finishes its request, one keeps its connection.
    const idle = connect(slow.port, '127.0.0.1').on('error', () => {})
    const half = connect(slow.port, '127.0.0.1').on('error', () => {})
    half.write('POST /v1/check HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{')
    await (await fetch(`${slow.url}healthz`)).text()
    await new Promise((resolve) => setTimeout(resolve, 100))
    const startedMs = performance.now()
    await Promise.all([
      slow.close(),
      underWay.then((response) => expect(response.status).toBe(200)),
    ])
    expect(performance.now() - startedMs).toBeLessThan(5_000)
    await expect(fetch(`${slow.url}healthz`)).rejects.toThrow()
    idle.destroy()
    half.destroy()
  })

  it('says which port is taken', async () => {
    const second = serve({ fetch: () => new Response(), host: '127.0.0.1', port: server.port })
    await expect(second).rejects.toMatchObject({
      code: 'server.port_taken',
      params: { port: server.port },
    })
  })
})
