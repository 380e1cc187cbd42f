import { createServer, type Server } from 'node:http'
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server as Tcp,
} from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guardedConnector } from '../../src/base/address-guard.ts'
import { AppError } from '../../src/base/error.ts'
import { createFetcher, type Fetcher } from '../../src/base/http.ts'

/** Ways to write an address that no outsider may reach; `PORT` is the trap's port. */
const FORMS = [
  // Loopback, and what browsers and resolvers make of short, octal, hex and decimal forms.
  'http://127.0.0.1:PORT/',
  'http://127.1:PORT/',
  'http://127.0.1:PORT/',
  'http://127.255.255.254:PORT/',
  'http://0177.0.0.1:PORT/',
  'http://0177.0000.0000.0001:PORT/',
  'http://0x7f.0.0.1:PORT/',
  'http://0x7f000001:PORT/',
  'http://0x7f.1:PORT/',
  'http://2130706433:PORT/',
  'http://017700000001:PORT/',
  'http://0X7F.0X0.0X0.0X1:PORT/',
  'http://127.0.0.1.:PORT/',
  'http://%31%32%37.0.0.1:PORT/',
  'http://①②⑦.⓪.⓪.①:PORT/',
  'http://127。0。0。1:PORT/',
  'http://127．0．0．1:PORT/',
  'http:127.0.0.1:PORT',
  'http:/127.0.0.1:PORT/',
  'http:\\\\127.0.0.1:PORT\\',
  'http://127.0.0.1:PORT/?x=https://example.org/',
  'http://127.0.0.1:PORT#@example.org/',
  'HTTP://127.0.0.1:PORT/',
  'ht\ntp://127.0.0.1:PORT/',
  // This host.
  'http://0.0.0.0:PORT/',
  'http://0:PORT/',
  'http://0x0:PORT/',
  'http://0.0:PORT/',
  'http://0.1.2.3:PORT/',
  // IPv6, with IPv4 inside it.
  'http://[::1]:PORT/',
  'http://[0:0:0:0:0:0:0:1]:PORT/',
  'http://[0000:0000:0000:0000:0000:0000:0000:0001]:PORT/',
  'http://[::]:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http://[::FFFF:7F00:1]:PORT/',
  'http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/',
  'http://[::127.0.0.1]:PORT/',
  'http://[::ffff:0:127.0.0.1]:PORT/',
  'http://[64:ff9b::7f00:1]:PORT/',
  'http://[64:ff9b:1::7f00:1]:PORT/',
  'http://[2002:7f00:1::]:PORT/',
  'http://[2001::7f00:1]:PORT/',
  'http://[fe80::1]:PORT/',
  'http://[fec0::1]:PORT/',
  'http://[fc00::1]:PORT/',
  'http://[fd00:ec2::254]:PORT/latest/meta-data/',
  'http://[ff02::1]:PORT/',
  'http://[100::1]:PORT/',
  'http://[2001:db8::1]:PORT/',
  // Private and shared networks.
  'http://10.0.0.1:PORT/',
  'http://10.1:PORT/',
  'http://172.16.0.1:PORT/',
  'http://172.31.255.255:PORT/',
  'http://192.168.0.1:PORT/',
  'http://3232235521:PORT/',
  'http://100.64.0.1:PORT/',
  'http://198.18.0.1:PORT/',
  // Metadata services, link-local, multicast, broadcast.
  'http://169.254.169.254:PORT/latest/meta-data/',
  'http://2852039166:PORT/latest/meta-data/',
  'http://0xa9fea9fe:PORT/',
  'http://169.254.170.2:PORT/v2/credentials',
  'http://192.0.0.192:PORT/',
  'http://224.0.0.1:PORT/',
  'http://255.255.255.255:PORT/',
]

let trap: Tcp
let trapPort = 0
let hits = 0
let redirector: Server
let redirectorPort = 0
let target = ''
let fetcher: Fetcher

beforeAll(async () => {
  // A TCP server on every address of the machine: it counts connections, not requests.
  trap = createTcpServer((socket) => {
    hits++
    socket.on('error', () => {})
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret')
  })
  await new Promise<void>((resolve) => trap.listen(0, '::', resolve))
  trapPort = (trap.address() as AddressInfo).port
  redirector = createServer((_request, response) => {
    response.writeHead(302, { location: encodeURI(target) }).end()
  })
  await new Promise<void>((resolve) => redirector.listen(0, '127.0.0.1', resolve))
  redirectorPort = (redirector.address() as AddressInfo).port
  fetcher = createFetcher({
    allowLoopback: [redirectorPort],
    ports: [trapPort],
    sleep: async () => {},
    lookup: async () => {
      throw new Error('no name is looked up here')
    },
  })
})

afterAll(async () => {
  await fetcher.close()
  trap.close()
  redirector.close()
})

const withPort = (form: string) => form.replace('PORT', String(trapPort))

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof AppError ? error.code : `not refused: ${String(error)}`
}

describe('outbound requests never reach a private address', () => {
  it('has 64 forms to try, and a trap that works', async () => {
    expect(FORMS).toHaveLength(64)
    await new Promise<void>((resolve) => {
      connect(trapPort, '127.0.0.1', () => resolve()).on('error', () => resolve())
    })
    await expect.poll(() => hits).toBe(1)
    hits = 0
  })

  it.each(FORMS)('named directly: %j', async (form) => {
    expect(await codeOf(fetcher.get(withPort(form)))).toBe('fetch.private_address')
    expect(hits).toBe(0)
  })

  it.each(FORMS)('named by a redirect: %j', async (form) => {
    target = withPort(form)
    const code = await codeOf(fetcher.get(`http://127.0.0.1:${redirectorPort}/`))
    // `encodeURI` turns a few forms into relative paths: the redirector then answers itself.
    expect(['fetch.private_address', 'fetch.redirects', 'fetch.url']).toContain(code)
    expect(hits).toBe(0)
  })

  it.each(FORMS)('as the address of a name, alone or beside a public one: %j', async (form) => {
    const address = new URL(withPort(form)).hostname.replace(/^\[|\]$/g, '')
    const family = address.includes(':') ? 6 : 4
    let lookups = 0
    const rebinding = createFetcher({
      ports: [trapPort],
      sleep: async () => {},
      lookup: async () => {
        lookups++
        const itself = { address, family }
        return lookups % 2 === 1 ? [{ address: '1.1.1.1', family: 4 }, itself] : [itself]
      },
    })
    const url = `http://rebind.example:${trapPort}/`
    expect(await codeOf(rebinding.get(url))).toBe('fetch.private_address')
    expect(await codeOf(rebinding.get(url))).toBe('fetch.private_address')
    expect({ lookups, hits }).toEqual({ lookups: 2, hits: 0 })
    await rebinding.close()
  })

  it('judges the socket itself, should name resolution have been bypassed', async () => {
    const connector = guardedConnector({
      lookup: async () => [{ address: '1.1.1.1', family: 4 }],
      connectTimeoutMs: 1_000,
      allowLoopback: [],
      // A network that leads a public address to this machine.
      openSocket: () => (request, callback) => {
        const socket = connect(Number(request.port), '127.0.0.1', () => callback(null, socket))
        return socket
      },
    })
    const error = await new Promise((resolve) => {
      connector(
        {
          hostname: 'public.example',
          host: 'public.example',
          protocol: 'http:',
          port: String(trapPort),
        },
        (reason, _socket) => resolve(reason),
      )
    })
    expect(error).toMatchObject({ code: 'fetch.private_address' })
  })

  it.each([
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    'gopher://127.0.0.1:6379/_FLUSHALL',
    'data:text/plain,x',
    'javascript:alert(1)',
    'http://user:password@example.org/',
    'http://example.org:22/',
    'http://example.org:6379/',
    '//127.0.0.1/',
    'example.org',
    '',
  ])('refuses the form %j itself', async (url) => {
    expect(await codeOf(fetcher.get(url))).toBe('fetch.url')
  })
})
