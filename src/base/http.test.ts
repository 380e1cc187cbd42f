import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fixedClock } from './clock.ts'
import { AppError } from './error.ts'
import { createFetcher, type Fetcher, type FetchRequest, type PostRequest } from './http.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

let server: Server
let base = ''
let answers: Answer[] = []
let seen: IncomingMessage[] = []
let pauses: number[] = []
let fetcher: Fetcher

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request)
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    answer?.(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  base = `http://127.0.0.1:${port}`
  fetcher = createFetcher({
    allowLoopback: [port],
    clock: fixedClock('2026-01-01T00:00:00Z'),
    rng: () => 0.5,
    sleep: async (ms) => {
      pauses.push(ms)
    },
    userAgent: 'custos/test',
  })
})

afterAll(async () => {
  await fetcher.close()
  server.closeAllConnections()
  server.close()
})

beforeEach(() => {
  answers = []
  seen = []
  pauses = []
})

async function read(path = '/', request: FetchRequest = {}) {
  const fetched = await fetcher.get(`${base}${path}`, { timeoutMs: 5_000, ...request })
  const chunks: Uint8Array[] = []
  for await (const chunk of fetched.body) chunks.push(chunk)
  return { ...fetched, text: Buffer.concat(chunks).toString() }
}

async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof AppError) return error
  throw new Error(`expected an AppError, got ${String(error)}`)
}

const status =
  (code: number, headers: Record<string, string> = {}, body = ''): Answer =>
  (_request, response) =>
    response.writeHead(code, headers).end(body)

describe('a download', () => {
  it('gives the bytes with the validators that the next one sends', async () => {
    const modified = 'Wed, 21 Oct 2015 07:28:00 GMT'
    answers = [
      status(200, { etag: '"v1"', 'last-modified': modified, 'content-type': 'text/csv' }, 'a,b'),
    ]
    const first = await read('/list.csv')
    expect(first).toMatchObject({
      status: 'fresh',
      text: 'a,b',
      etag: '"v1"',
      lastModified: '2015-10-21T07:28:00Z',
      contentType: 'text/csv',
      finalUrl: `${base}/list.csv`,
    })
    answers = [status(304)]
    const again = await read('/list.csv', { etag: first.etag, lastModified: first.lastModified })
    expect(again).toMatchObject({ status: 'not_modified', text: '' })
    expect(seen[1]?.headers).toMatchObject({
      'if-none-match': '"v1"',
      'if-modified-since': modified,
      'user-agent': 'custos/test',
    })
  })

  it('refuses "not modified" to a question without validators', async () => {
    answers = [status(304)]
    expect((await failure(read())).code).toBe('fetch.status')
  })

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('unpacks %s', async (encoding, pack) => {
    const text = 'one line\n'.repeat(1_000)
    answers = [
      (_request, response) =>
        response.writeHead(200, { 'content-encoding': encoding }).end(pack(Buffer.from(text))),
    ]
    expect((await read()).text).toBe(text)
  })

  it('never sends a foreign header back that could end the header line', async () => {
    answers = [status(200, {}, 'x')]
    await read('/', { etag: 'a\r\nx-injected: 1', lastModified: 'never' })
    expect(seen[0]?.headers['if-none-match']).toBeUndefined()
    expect(seen[0]?.headers['if-modified-since']).toBeUndefined()
  })
})

describe('limits', () => {
  it('stops at the byte limit, whether the server announces its length or not', async () => {
    answers = [status(200, {}, 'x'.repeat(2_000))]
    expect((await failure(read('/', { bytesMax: 1_999 }))).code).toBe('fetch.too_large')
    answers = [
      (_request, response) => {
        response.writeHead(200)
        for (let n = 0; n < 20; n++) response.write('x'.repeat(100))
        response.end()
      },
    ]
    expect((await failure(read('/', { bytesMax: 1_999 }))).code).toBe('fetch.too_large')
    expect((await read('/', { bytesMax: 2_000 })).text).toHaveLength(2_000)
  })

  it('stops a compressed answer that unpacks without measure', async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1_048_576))
    answers = [
      (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    ]
    expect((await failure(read('/', { bytesMax: 1e9 }))).code).toBe('fetch.too_large')
    expect((await failure(read('/', { bytesMax: 10_000 }))).code).toBe('fetch.too_large')
  })

  it('gives up when the head or the body does not come', async () => {
    answers = [() => {}]
    expect((await failure(read('/', { timeoutMs: 100 }))).code).toBe('fetch.timeout')
    answers = [
      (_request, response) => {
        response.writeHead(200).write('start')
      },
    ]
    expect((await failure(read('/', { timeoutMs: 100 }))).code).toBe('fetch.timeout')
  })

  it('is stopped by its caller', async () => {
    answers = [() => {}]
    const caller = new AbortController()
    setTimeout(() => caller.abort(), 50)
    expect((await failure(read('/', { signal: caller.signal }))).code).toBe('fetch.aborted')
  })

  it('reports a body that ends early', async () => {
    answers = [
      (_request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('half')
        setTimeout(() => response.destroy(), 20)
      },
    ]
    expect((await failure(read())).code).toBe('fetch.network')
  })

  it('reports a body that is not what its encoding says', async () => {
    answers = [status(200, { 'content-encoding': 'gzip' }, 'plain text')]
    expect((await failure(read())).code).toBe('fetch.network')
    answers = [status(200, { 'content-encoding': 'secret' }, 'plain text')]
    expect((await failure(read())).code).toBe('fetch.network')
  })
})

describe('redirects', () => {
  const redirect = (to: string) => status(302, { location: to })

  it('follows three, and tells where it ended', async () => {
    answers = [redirect('/1'), redirect('2'), redirect(`${base}/3`), status(200, {}, 'there')]
    expect(await read()).toMatchObject({ text: 'there', finalUrl: `${base}/3` })
  })

  it('refuses the fourth, a loop and a missing address', async () => {
    answers = [redirect('/again')]
    expect((await failure(read())).code).toBe('fetch.redirects')
    expect(seen).toHaveLength(4)
    answers = [status(301)]
    expect((await failure(read())).code).toBe('fetch.redirects')
  })

  it('refuses another scheme', async () => {
    answers = [redirect('file:///etc/passwd')]
    expect((await failure(read())).code).toBe('fetch.url')
  })
})

describe('faults', () => {
  it('asks again after a passing one, each pause longer', async () => {
    answers = [status(503), status(502), status(200, {}, 'at last')]
    expect((await read()).text).toBe('at last')
    expect(pauses).toEqual([500, 1000])
  })

  it('stops after three attempts', async () => {
    answers = [status(500)]
    const error = await failure(read())
    expect(error).toMatchObject({ code: 'fetch.status', retryable: true, params: { status: 500 } })
    expect(seen).toHaveLength(3)
  })

  it.each([
    ['7', [7_000]],
    ['Thu, 01 Jan 2026 00:00:09 GMT', [9_000]],
    ['0', [0]],
    ['soon', [500]],
  ])('waits as the server asks: Retry-After %s', async (retryAfter, expected) => {
    answers = [status(429, { 'retry-after': retryAfter }), status(200, {}, 'ok')]
    expect((await read()).text).toBe('ok')
    expect(pauses).toEqual(expected)
  })

  it('leaves a server alone that asks for a long pause', async () => {
    answers = [status(429, { 'retry-after': '86400' })]
    expect((await failure(read())).code).toBe('fetch.status')
    expect(seen).toHaveLength(1)
  })

  it.each([400, 401, 404, 410, 501])('does not ask again after %i', async (code) => {
    answers = [status(code)]
    expect((await failure(read())).params.status).toBe(code)
    expect(seen).toHaveLength(1)
  })

  it.each([
    [403, {}, ''],
    [451, {}, ''],
    [503, { 'content-type': 'text/html' }, '<title>Just a moment...</title>'],
    [202, { 'x-amzn-waf-action': 'challenge' }, ''],
    [200, { 'content-type': 'text/html', 'cf-mitigated': 'challenge' }, '<html>'],
    [200, { 'content-type': 'text/html; charset=utf-8' }, '<script src="//x/challenge-platform/">'],
  ])('calls a refusal blocked: %i %j', async (code, headers, body) => {
    answers = [status(code, headers as Record<string, string>, body)]
    expect((await failure(read())).code).toBe('fetch.blocked')
    expect(seen).toHaveLength(1)
  })

  it('does not mistake a list for a challenge because of its words', async () => {
    answers = [status(200, { 'content-type': 'text/csv' }, 'Just a moment... awswaf\n')]
    expect((await read()).text).toContain('awswaf')
  })

  it('says when nobody listens, without naming more than the cause', async () => {
    const silent = createServer()
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    await new Promise((resolve) => silent.close(resolve))
    const lonely = createFetcher({ allowLoopback: [port], sleep: async () => {} })
    const error = await failure(lonely.get(`http://127.0.0.1:${port}/`))
    expect(error).toMatchObject({ code: 'fetch.network', params: { code: 'ECONNREFUSED' } })
    await lonely.close()
  })
})

describe('a question with a body', () => {
  const FORM = { body: 'ds=1&Order=4', contentType: 'application/x-www-form-urlencoded' }

  async function ask(request: Partial<PostRequest> = {}, path = '/search') {
    const fetched = await fetcher.post(`${base}${path}`, { timeoutMs: 5_000, ...FORM, ...request })
    const chunks: Uint8Array[] = []
    for await (const chunk of fetched.body) chunks.push(chunk)
    return { ...fetched, text: Buffer.concat(chunks).toString() }
  }

  /** Says back what it was asked. */
  const echo: Answer = (request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    request.on('end', () => response.writeHead(200).end(`${request.method} ${text}`))
  }

  it('is sent whole, with its type and length, and without validators', async () => {
    answers = [echo]
    expect(await ask({ body: 'q=Zürich' })).toMatchObject({
      status: 'fresh',
      text: 'POST q=Zürich',
    })
    expect(seen[0]?.headers).toMatchObject({
      'content-type': FORM.contentType,
      'content-length': '9',
    })
    expect(seen[0]?.headers).not.toHaveProperty('if-none-match')
    expect(seen[0]?.headers).not.toHaveProperty('if-modified-since')
  })

  it('is asked once, unless it says that it only reads', async () => {
    answers = [status(503), echo]
    expect((await failure(ask())).code).toBe('fetch.status')
    expect(seen).toHaveLength(1)
    answers = [status(503), echo]
    expect((await ask({ idempotent: true })).text).toBe('POST ds=1&Order=4')
    expect(seen).toHaveLength(3)
  })

  it('follows a redirect of the same server that keeps the method, and no other', async () => {
    answers = [status(308, { location: '/moved' }), echo]
    expect((await ask()).text).toBe('POST ds=1&Order=4')
    expect(seen.map(({ url }) => url)).toEqual(['/search', '/moved'])
    for (const code of [301, 302, 303]) {
      seen = []
      answers = [status(code, { location: '/moved' }), echo]
      expect((await failure(ask())).code).toBe('fetch.redirects')
      expect(seen).toHaveLength(1)
    }
    seen = []
    answers = [status(307, { location: 'http://127.0.0.2:8080/' })]
    expect((await failure(ask())).code).toBe('fetch.redirects')
  })

  it('meets the limits of a download', async () => {
    answers = [status(200, {}, 'x'.repeat(2_000))]
    expect((await failure(ask({ bytesMax: 1_000 }))).code).toBe('fetch.too_large')
    answers = [() => {}]
    expect((await failure(ask({ timeoutMs: 50 }))).code).toBe('fetch.timeout')
    answers = [status(403)]
    expect((await failure(ask())).code).toBe('fetch.blocked')
    seen = []
    expect((await failure(ask({ body: 'x'.repeat(8_193) }))).code).toBe('fetch.url')
    expect((await failure(ask({ contentType: 'a/b\r\nx: y' }))).code).toBe('fetch.url')
    expect(seen).toHaveLength(0)
  })
})
