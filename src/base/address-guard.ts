import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction, type Socket } from 'node:net'
import { buildConnector } from 'undici'
import { AppError } from './error.ts'
import { isGlobalAddress, isLoopbackAddress } from './ip.ts'

/** Every address of a name; rejects when the name does not exist. */
export type Lookup = (hostname: string) => Promise<readonly LookupAddress[]>

export const dnsLookup: Lookup = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => {
      if (error) reject(error)
      else resolve(addresses)
    })
  })

type Connector = ReturnType<typeof buildConnector>

interface GuardOptions {
  readonly lookup: Lookup
  readonly connectTimeoutMs: number
  /** For tests with local servers only: loopback is reachable on these ports and no others. */
  readonly allowLoopback: readonly number[]
  /** Opens the socket; undici's own unless a test takes its place. */
  readonly openSocket?: (options: buildConnector.BuildOptions) => Connector
}

/**
 * A connector that reaches public addresses only (RELIABILITY row 21). It judges three times:
 * the literal in the URL, which no look-up would see; every address that a name resolves to,
 * before a packet is sent; and the socket's own peer once it is connected. Because it sits below
 * redirects and name resolution, a redirect or a name that changes its address cannot pass it.
 */
export function guardedConnector(options: GuardOptions): Connector {
  return (request, callback) => {
    const port = Number(request.port) || (request.protocol === 'https:' ? 443 : 80)
    const isAllowed = (address: string) =>
      isGlobalAddress(address) ||
      (options.allowLoopback.includes(port) && isLoopbackAddress(address))
    const literal = request.hostname.replace(/^\[(.*)\]$/, '$1')
    if (isIP(literal) !== 0 && !isAllowed(literal)) {
      callback(privateAddress(), null)
      return
    }
    const connect = (options.openSocket ?? buildConnector)({
      timeout: options.connectTimeoutMs,
      lookup: guardedLookup(options.lookup, isAllowed),
      autoSelectFamily: true,
      // Sessions are kept per connector, and a connector lives for one connection.
      maxCachedSessions: 0,
    })
    let isRefused = false
    const socket = connect(request, (error, connected) => {
      if (isRefused) return
      if (error !== null || connected === null) {
        callback(error ?? new Error('no socket'), null)
      } else if (isPeerRefused(connected, isAllowed)) {
        connected.destroy()
        callback(privateAddress(), null)
      } else {
        callback(null, connected)
      }
    }) as unknown as Socket // undici declares void, and gives the socket.
    // For TLS the callback comes after the handshake; the peer is judged before a byte is sent.
    socket.once('connect', () => {
      if (!isPeerRefused(socket, isAllowed)) return
      isRefused = true
      socket.destroy()
      callback(privateAddress(), null)
    })
  }
}

function isPeerRefused(socket: Socket, isAllowed: (address: string) => boolean): boolean {
  return socket.remoteAddress === undefined || !isAllowed(socket.remoteAddress)
}

/** One private address among many refuses the name: a mixed answer is an attack or a mistake. */
function guardedLookup(lookup: Lookup, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname).then(
      (addresses) => {
        const first = addresses[0]
        if (first === undefined) {
          callback(new Error('the name has no address'), [])
        } else if (addresses.every(({ address }) => isAllowed(address))) {
          if (options.all === true) callback(null, [...addresses])
          else callback(null, first.address, first.family)
        } else {
          callback(privateAddress(), [])
        }
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error('look-up'), []),
    )
  }
}

function privateAddress(): AppError {
  return new AppError('fetch.private_address', 'The address is not on the public internet.', {
    status: 400,
  })
}
