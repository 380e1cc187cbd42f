import { BlockList, isIPv4, isIPv6 } from 'node:net'

/**
 * One spelling per address: dotted decimal for IPv4 and for IPv4 inside IPv6 (`::ffff:0:0/96`),
 * RFC 5952 for the rest. Undefined for anything else: names, zones, octal and hex forms.
 * Comparing addresses as text is safe only after this.
 */
export function canonicalIp(text: string): string | undefined {
  if (isIPv4(text)) return text
  if (!isIPv6(text) || text.includes('%')) return undefined
  const groups = ipv6Groups(text)
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return embeddedIpv4(groups)
  }
  return formatIpv6(groups)
}

/** The eight 16-bit groups of a valid IPv6 address. */
function ipv6Groups(text: string): readonly number[] {
  const [head = '', tail] = text.split('::')
  const left = groupsOf(head)
  if (tail === undefined) return left
  const right = groupsOf(tail)
  return [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right]
}

function groupsOf(part: string): number[] {
  if (part === '') return []
  const groups: number[] = []
  for (const field of part.split(':')) {
    if (field.includes('.')) {
      const [a = 0, b = 0, c = 0, d = 0] = field.split('.').map(Number)
      groups.push(a * 256 + b, c * 256 + d)
    } else {
      groups.push(Number.parseInt(field, 16))
    }
  }
  return groups
}

/** The IPv4 address in the last 32 bits. */
function embeddedIpv4(groups: readonly number[]): string {
  const high = groups[6] ?? 0
  const low = groups[7] ?? 0
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
}

/** RFC 5952 §4: lower case, no leading zeros, the longest run of two or more zeros shortened. */
function formatIpv6(groups: readonly number[]): string {
  let start = -1
  let length = 1
  for (let at = 0; at < groups.length; at++) {
    let end = at
    while (end < groups.length && groups[end] === 0) end++
    if (end - at > length) {
      start = at
      length = end - at
    }
  }
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':')
  if (start < 0) return hex(groups)
  return `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`
}

/** A set of addresses and networks; every question is asked in canonical form. */
export interface IpSet {
  has(ip: string): boolean
}

/**
 * Reads `10.0.0.0/8`, `2001:db8::/32` and single addresses. Throws a `RangeError` that names
 * the entry which is neither.
 */
export function ipSet(entries: readonly string[]): IpSet {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', prefix] = entry.trim().split('/')
    const ip = canonicalIp(address)
    const bitsMax = ip?.includes(':') ? 128 : 32
    const bits = prefix === undefined ? bitsMax : Number(prefix)
    const isPrefix = prefix === undefined || /^\d{1,3}$/.test(prefix)
    if (ip === undefined || !isPrefix || bits > bitsMax) {
      throw new RangeError(`not an address or network: ${entry}`)
    }
    list.addSubnet(ip, bits, familyOf(ip))
  }
  return {
    has(ip) {
      const canonical = canonicalIp(ip)
      return canonical !== undefined && list.check(canonical, familyOf(canonical))
    },
  }
}

function familyOf(ip: string): 'ipv4' | 'ipv6' {
  return ip.includes(':') ? 'ipv6' : 'ipv4'
}

/**
 * IPv4 that is not globally reachable: IANA special-purpose registry (RFC 6890 and updates),
 * multicast and the reserved class E with the broadcast address.
 */
const IPV4_NOT_GLOBAL = ipSet([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])

/** The only IPv6 block from which global unicast is assigned (RFC 4291 §2.4, IANA). */
const IPV6_GLOBAL = ipSet(['2000::/3'])

/**
 * Inside it, what is not a plain host: protocol assignments with Teredo, documentation, and
 * 6to4, whose addresses carry an IPv4 address that a relay would connect to.
 */
const IPV6_NOT_GLOBAL = ipSet(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])

/** NAT64 (RFC 6052): on IPv6-only networks, public IPv4 sites appear under this prefix. */
const NAT64 = ipSet(['64:ff9b::/96'])

/**
 * True for an address of the public internet. Everything else (private, loopback, link-local
 * with the cloud metadata services, reserved, unknown) is false, and so is text that is no address.
 */
export function isGlobalAddress(text: string): boolean {
  const ip = canonicalIp(text)
  if (ip === undefined) return false
  if (!ip.includes(':')) return !IPV4_NOT_GLOBAL.has(ip)
  if (NAT64.has(ip)) return !IPV4_NOT_GLOBAL.has(embeddedIpv4(ipv6Groups(ip)))
  return IPV6_GLOBAL.has(ip) && !IPV6_NOT_GLOBAL.has(ip)
}

export function isLoopbackAddress(text: string): boolean {
  const ip = canonicalIp(text)
  return ip !== undefined && (ip === '::1' || ip.startsWith('127.'))
}

/**
 * What one customer of a network usually holds: one IPv4 address, or one IPv6 /64. A host may
 * choose freely among the 2^64 addresses of its /64, so quotas count the network.
 */
export function networkOf(ip: string): string {
  const canonical = canonicalIp(ip) ?? ip
  if (!canonical.includes(':')) return canonical
  return `${formatIpv6([...ipv6Groups(canonical).slice(0, 4), 0, 0, 0, 0])}/64`
}
