import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFetcher, type Fetcher } from '../../src/base/http.ts'

/**
 * API10:2023 Unsafe Consumption of APIs. A publisher's server may be broken, taken over or
 * replaced: whatever it answers, a download ends in bytes within the limits or in a stable code.
 */
let server: Server
let fetcher: Fetcher
let answer: (response: ServerResponse) => void = () => {}

beforeAll(async () => {
  server = createServer((_request, response) => answer(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  fetcher = createFetcher({ allowLoopback: [port], sleep: async () => {} })
})
afterAll(async () => {
  await fetcher.close()
  server.closeAllConnections()
  server.close()
})

async function outcome(): Promise<string> {
  const { port } = server.address() as AddressInfo
  try {
    const url = `http://127.0.0.1:${port}/list`
    const { body } = await fetcher.get(url, { bytesMax: 65_536, timeoutMs: 400 })
    let bytes = 0
    for await (const chunk of body) bytes += chunk.length
    return `${bytes} bytes`
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

const raw = (text: string) => (response: ServerResponse) => {
  response.socket?.end(text)
}

describe('whatever a publisher’s server answers', () => {
  it.each<[string, (response: ServerResponse) => void, string]>([
    ['nothing, for ever', () => {}, 'fetch.timeout'],
    ['one byte a moment', (r) => void setInterval(() => r.write('x'), 50).unref(), 'fetch.timeout'],
    ['a body without end', (r) => endless(r), 'fetch.too_large'],
    [
      'a length it does not keep',
      raw('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nshort'),
      'fetch.network',
    ],
    [
      'a huge length',
      raw('HTTP/1.1 200 OK\r\ncontent-length: 999999999999\r\n\r\n'),
      'fetch.too_large',
    ],
    ['no HTTP at all', raw('SSH-2.0-OpenSSH_9.9\r\n'), 'fetch.network'],
    ['a closed connection', raw(''), 'fetch.network'],
    [
      'headers without end',
      raw(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`),
      'fetch.network',
    ],
    [
      'a bad chunk',
      raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'),
      'fetch.network',
    ],
    [
      'half a chunk',
      raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\nx'),
      'fetch.network',
    ],
    [
      'a bomb',
      (r) => r.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5e6))),
      'fetch.too_large',
    ],
    [
      'cut gzip',
      (r) =>
        r
          .writeHead(200, { 'content-encoding': 'gzip' })
          .end(gzipSync('x'.repeat(999)).subarray(0, 20)),
      'fetch.network',
    ],
    [
      'encodings in a chain',
      (r) => r.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end('x'),
      'fetch.network',
    ],
    ['no content', (r) => r.writeHead(204).end(), 'fetch.status'],
    ['part of the content', (r) => r.writeHead(206).end('x'), 'fetch.status'],
    ['an odd status', raw('HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n'), 'fetch.status'],
    [
      'a redirect to a socket',
      (r) => r.writeHead(302, { location: 'unix:/run/x' }).end(),
      'fetch.url',
    ],
    ['a redirect to nowhere', (r) => r.writeHead(302, { location: 'http://' }).end(), 'fetch.url'],
    ['an empty list', (r) => r.writeHead(200).end(), '0 bytes'],
    ['a plain list', (r) => r.writeHead(200).end('a,b\n'), '4 bytes'],
  ])('%s', async (_story, behaviour, expected) => {
    answer = behaviour
    expect(await outcome()).toBe(expected)
  })
})

function endless(response: ServerResponse): void {
  response.on('error', () => {})
  const more = () => {
    while (!response.destroyed && response.write('x'.repeat(16_384)));
  }
  response.on('drain', more)
  more()
}
