import { canonicalIp, type IpSet, isLoopbackAddress } from '../base/ip.ts'

/** More hops than any real chain of proxies; a longer header is an attempt to cost time. */
const HOPS_MAX = 32

/**
 * The client's address in canonical form. `X-Forwarded-For` counts only as far as it was written
 * by trusted proxies: it is read from the right, and the first address that is not a trusted
 * proxy is the client. Whatever stands further left was written by that client. Undefined when
 * even the peer has no address (a request inside the process).
 */
export function clientIp(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trusted: IpSet,
): string | undefined {
  let ip = peer === undefined ? undefined : canonicalIp(peer)
  if (ip === undefined || forwardedFor === undefined || !trusted.has(ip)) return ip
  const hops = forwardedFor.split(',')
  for (let at = hops.length - 1; at >= 0 && hops.length - at <= HOPS_MAX; at--) {
    const hop = hopAddress(hops[at] ?? '')
    // What is not an address was not written by a proxy that is to be trusted.
    if (hop === undefined) return ip
    ip = hop
    if (!trusted.has(ip)) return ip
  }
  return ip
}

/** `192.0.2.1`, `192.0.2.1:1234`, `2001:db8::1` or `[2001:db8::1]:1234`. */
function hopAddress(text: string): string | undefined {
  const hop = text.trim()
  const bracketed = /^\[([0-9a-fA-F:.]+)\](?::\d{1,5})?$/.exec(hop)
  if (bracketed !== null) return canonicalIp(bracketed[1] ?? '')
  const withPort = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(hop)
  return canonicalIp(withPort?.[1] ?? hop)
}

/** Is the request from this machine itself, with no proxy in between that spoke for another? */
export function isLocal(ip: string | undefined): boolean {
  return ip === undefined || isLoopbackAddress(ip)
}
