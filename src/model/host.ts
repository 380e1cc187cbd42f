import { isIP } from 'node:net'
import { domainToUnicode } from 'node:url'
import { parse as parseSuffix } from 'tldts'
import { LIMITS } from '../base/limits.ts'
import { refang, stripScheme, unwrap } from './host-repair.ts'

/** A text read as a host, with the path when it was more than a host. */
export interface HostQuery {
  /** ASCII, lower case, no trailing dot; IPv6 in brackets, as WHATWG URLs write it. */
  readonly host: string
  /** The same host as people read it: `xn--` labels decoded (UTS 46). */
  readonly unicode: string
  /**
   * Public suffix and one label, by the suffix list with its private part; null for IP and suffix.
   */
  readonly registrable: string | null
  /** Null for IP literals. */
  readonly publicSuffix: string | null
  /**
   * True when the host itself is a public suffix, ICANN or private: a place, not a site. A suffix
   * by a private wildcard rule (`name.eth.limo`) is its customer's site and not such a place.
   */
  readonly isPublicSuffix: boolean
  /** `''` or `/a/b`: dots resolved, no trailing slash, case kept. */
  readonly path: string
  /** `''` or `?query`. The fragment never reaches a server and is dropped. */
  readonly search: string
  /** What stands before `@`: it is no part of the host, however much it looks like one. */
  readonly userinfo: string | null
  readonly isIp: boolean
  /** True when the text had a scheme, a path or a query. */
  readonly isUrl: boolean
  /** True when the text had to be repaired: scheme typo, defanged dots, quotes around it. */
  readonly repaired: boolean
}

/** One key under which a list entry would cover the host. */
export interface CoverKey {
  readonly key: string
  readonly how: 'exact' | 'parent' | 'www' | 'path'
  /** The host of the entry: the key without its path. */
  readonly entryHost: string
}

const HOST = String.raw`[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+`
const ASCII_HOST = new RegExp(`^${HOST}$`, 'u')
/** Segments that no rule of URLs changes: no dot in front, no escape, none of them empty. */
const PLAIN_PATH = '(?:/[a-zA-Z0-9_~-][a-zA-Z0-9._~-]*)*'
/** Hosts as nearly all queries and list rows write them; anything else takes the long way. */
const PLAIN = new RegExp(`^(?:(https?)://)?(${HOST})(${PLAIN_PATH})/?$`, 'u')
/** The last label decides whether WHATWG reads a host as an IPv4 number. */
const NUMBER_LAST = /\.(?:\d+|0[xX][0-9a-fA-F]*)$/u
const DOTTED_QUAD = /^(?:(?:0[xX][0-9a-fA-F]+|\d+)\.){3}(?:0[xX][0-9a-fA-F]+|\d+)\.?$/u
const SUFFIX_OPTIONS = {
  allowPrivateDomains: true,
  extractHostname: false,
  validateHostname: false,
  detectIp: false,
} as const

/** A label that no rule of the suffix list names. */
const NOBODY = 'zz-nobody-zz'

/** RFC 1035 §2.3.4, without the length octets and the root. */
const HOST_CHARS_MAX = 253

/**
 * Reads a text as a host or a URL, or answers `undefined` when it is neither: a text with a space,
 * without a dot, or under a top-level domain that does not exist (which a URL with a scheme may
 * have). Scheme typos, defanging and quotes are repaired and marked.
 *
 *     parseHostQuery('hxxps://Binance.com@evil[.]top/x/')
 *     // host 'evil.top', path '/x', userinfo 'Binance.com', repaired
 */
export function parseHostQuery(text: string): HostQuery | undefined {
  return readHost(text, false)
}

/** `anySuffix`: rows of lists and URLs may name hosts under any top-level domain. */
function readHost(text: string, anySuffix: boolean): HostQuery | undefined {
  if (text.length > LIMITS.queryCharsMax) return undefined
  const plain = PLAIN.exec(text)
  const host = plain?.[2]
  if (plain && host !== undefined && host.length <= HOST_CHARS_MAX) {
    if (!NUMBER_LAST.test(host) && !host.includes('xn--')) {
      const hasScheme = plain[1] !== undefined
      const path = plain[3] ?? ''
      const isUrl = hasScheme || path !== ''
      const parts = {
        host,
        unicode: host,
        path,
        search: '',
        userinfo: null,
        isUrl,
        repaired: false,
      }
      return withSuffix(parts, hasScheme || anySuffix)
    }
  }
  return readSlowly(text, anySuffix)
}

type Parts = Pick<
  HostQuery,
  'host' | 'unicode' | 'path' | 'search' | 'userinfo' | 'isUrl' | 'repaired'
>

function withSuffix(parts: Parts, anySuffix: boolean): HostQuery | undefined {
  const { host, unicode, path, search, userinfo, isUrl, repaired } = parts
  const found = parseSuffix(host, SUFFIX_OPTIONS)
  if (!found.isIcann && !found.isPrivate && !anySuffix) return undefined
  const isCustomer = found.domain === null && found.isPrivate === true && isByWildcard(host)
  return {
    host,
    unicode,
    registrable: isCustomer ? host : found.domain,
    publicSuffix: isCustomer ? parentOf(host) : found.publicSuffix,
    isPublicSuffix: found.domain === null && !isCustomer,
    path,
    search,
    userinfo,
    isIp: false,
    isUrl,
    repaired,
  }
}

/**
 * The private part of the suffix list names some shared hosts by a wildcard (`*.eth.limo`), which
 * makes every customer's own site a suffix. Such a host is one site, not a place for many: any
 * other label in its stead would be a suffix as well, which is not so of a suffix listed by name.
 */
function isByWildcard(host: string): boolean {
  return parseSuffix(`${NOBODY}.${parentOf(host)}`, SUFFIX_OPTIONS).domain === null
}

function parentOf(host: string): string {
  return host.slice(host.indexOf('.') + 1)
}

function readSlowly(text: string, anySuffix: boolean): HostQuery | undefined {
  const trimmed = text.trim()
  const clean = refang(unwrap(trimmed))
  if (clean === '') return undefined
  if (isIP(clean) === 6) return ipQuery(`[${clean}]`, clean !== trimmed)
  const { rest, hasScheme, repaired } = stripScheme(clean)
  if (/\s/u.test(rest)) return undefined
  // Another scheme (`ipfs://…`) names no host of the web.
  if (!hasScheme && /^[a-z][a-z0-9+.-]*:\/\//iu.test(rest)) return undefined
  const url = urlOf(rest)
  if (!url) return undefined
  const host = url.hostname.endsWith('.') ? url.hostname.slice(0, -1) : url.hostname
  const wasRepaired = repaired || clean !== trimmed
  const path = canonicalPath(url.pathname)
  const isUrl = hasScheme || path !== '' || url.search !== ''
  const tail = { path, search: url.search, isUrl }
  if (isIP(host.replace(/^\[|\]$/gu, '')) !== 0) {
    // `1.5` is an amount and `1.2.3` a version, though a browser would open both.
    const spelled = hostTextOf(rest)
    if (!hasScheme && !spelled.startsWith('[') && !DOTTED_QUAD.test(spelled)) return undefined
    return { ...ipQuery(host, wasRepaired), ...tail, userinfo: userinfoOf(url) }
  }
  if (!ASCII_HOST.test(host) || host.length > HOST_CHARS_MAX) return undefined
  // A label that UTS 46 cannot decode is shown as it is.
  const unicode = host.includes('xn--') ? domainToUnicode(host) || host : host
  const parts = { host, unicode, ...tail, userinfo: userinfoOf(url), repaired: wasRepaired }
  return withSuffix(parts, hasScheme || anySuffix)
}

function ipQuery(host: string, repaired: boolean): HostQuery {
  const canonical = host.startsWith('[') ? (urlOf(host)?.hostname ?? host) : host
  return {
    host: canonical,
    unicode: canonical,
    registrable: null,
    publicSuffix: null,
    isPublicSuffix: false,
    path: '',
    search: '',
    userinfo: null,
    isIp: true,
    isUrl: false,
    repaired,
  }
}

/** The WHATWG reading: IDN by UTS 46, odd IPv4 forms, backslashes, userinfo, dot segments. */
function urlOf(rest: string): URL | undefined {
  const text = `http://${rest}`
  if (URL.canParse(text)) return new URL(text)
  // A port that cannot be (`host:99999`) says nothing about the host.
  const withoutPort = text.replace(/:\d+(?=[/?#]|$)/u, '')
  return withoutPort !== text && URL.canParse(withoutPort) ? new URL(withoutPort) : undefined
}

/** The host as it was typed, without userinfo, port and path. */
function hostTextOf(rest: string): string {
  const authority = rest.split(/[/\\?#]/u, 1)[0] ?? ''
  return authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/u, '')
}

function userinfoOf(url: URL): string | null {
  if (url.username === '' && url.password === '') return null
  return url.password === '' ? url.username : `${url.username}:${url.password}`
}

/** Unreserved characters are decoded (RFC 3986 §6.2.2.2), so one path has one spelling. */
function canonicalPath(pathname: string): string {
  let path = pathname.replace(/\/{2,}/gu, '/')
  if (path.includes('%')) {
    path = path.replace(/%[0-9a-f]{2}/giu, (octet) => {
      const character = String.fromCharCode(Number.parseInt(octet.slice(1), 16))
      return /[A-Za-z0-9._~-]/u.test(character) ? character : octet.toUpperCase()
    })
  }
  return path.endsWith('/') ? path.slice(0, -1) : path
}

/**
 * Every key whose entry would cover the host, the most specific first (INTERFACE §3 "Hosts"):
 * an entry covers itself and what is below it, never upward; `www.X` covers X too; a public suffix
 * is never covered, and no entry at or above one covers what other people keep below it. An entry
 * with a path covers that path and what is below it on that host alone, with or without `www.`.
 */
export function coverKeys(q: HostQuery): CoverKey[] {
  const keys: CoverKey[] = []
  const { host } = q
  if (q.path !== '' || q.search !== '') {
    addPathKeys(keys, host, q)
    // One site answers with and without `www.`, so an entry for a path of one is for both.
    const twin = host.startsWith('www.') ? host.slice(4) : `www.${host}`
    if (!q.isIp) addPathKeys(keys, twin, q)
  }
  if (q.isPublicSuffix) return keys
  keys.push({ key: host, how: 'exact', entryHost: host })
  if (q.registrable === null) return keys
  keys.push({ key: `www.${host}`, how: 'www', entryHost: `www.${host}` })
  let parent = host
  while (parent.length > q.registrable.length) {
    parent = parentOf(parent)
    keys.push({ key: parent, how: 'parent', entryHost: parent })
  }
  return keys
}

function addPathKeys(keys: CoverKey[], host: string, q: HostQuery): void {
  const { path, search } = q
  const how = 'path'
  const add = (tail: string) => keys.push({ key: host + tail, how, entryHost: host })
  if (search !== '') add(`${path || '/'}${search}`)
  if (path !== '') add(path)
  // The shallow prefixes come first into the limit: nobody lists what is deeper.
  let end = 0
  for (let depth = 0; depth < LIMITS.pathPrefixesMax; depth++) {
    end = path.indexOf('/', end + 1)
    if (end < 0) break
    add(path.slice(0, end))
  }
}

/**
 * Every key whose allow entry speaks for the host: the host, each parent that is no public suffix,
 * and `*.P` for each parent P, which stands for what is below P and not for P itself.
 */
export function allowKeys(q: HostQuery): string[] {
  if (q.isPublicSuffix) return [q.host]
  const keys = [q.host]
  if (q.registrable === null) return keys
  let parent = q.host
  while (parent !== q.publicSuffix && parent.includes('.')) {
    parent = parentOf(parent)
    if (parent.length >= q.registrable.length) keys.push(parent)
    keys.push(`*.${parent}`)
  }
  return keys
}

/** A host as a list or a register names it. */
export interface ListedHost {
  readonly host: string
  /** `/a/b`, with `?query` where the row has one; absent for a whole host. */
  readonly path?: string
  /** The row was written `*.host`. */
  readonly wildcard?: true
  /** Lists are about sites: a port in a row is noted and not part of the key. */
  readonly port?: number
  /** The row's address had to be repaired: scheme typo, defanged dots, stray marks. */
  readonly repaired?: true
}

/**
 * Reads one row of a list. Takes what lists really hold: schemes, ports, `*.`, capitals, IDN,
 * trailing dots, slashes, commas and spaces, IP literals, paths. A host under an unknown top-level
 * domain is kept, because a list may be newer than the suffix list; a text without a dot or with a
 * space inside is not a host, and the answer is `undefined`.
 */
export function normaliseListedHost(raw: string): ListedHost | undefined {
  if (raw.length > LIMITS.queryCharsMax) return undefined
  const unwrapped = unwrap(raw)
  const clean = refang(unwrapped)
  const { rest, repaired } = stripScheme(clean)
  const wild = /^\*?\./u.exec(rest)
  const q = readHost(wild ? rest.slice(wild[0].length) : rest, true)
  if (!q) return undefined
  const tail = q.path !== '' || q.search !== '' ? (q.path || (q.search && '/')) + q.search : ''
  const port = /^[^/?#]*[^:/?#]:(\d{1,5})(?=[/?#]|$)/u.exec(rest)?.[1]
  return {
    host: q.host,
    ...(tail !== '' && { path: tail }),
    ...(wild && { wildcard: true as const }),
    ...(port !== undefined && { port: Number(port) }),
    ...((repaired || clean !== unwrapped) && { repaired: true as const }),
  }
}

/** One site of a cell, with the part of the cell that names it. */
export interface Website {
  readonly host: string
  readonly path?: string
  readonly original: string
  readonly repaired?: true
}

/** A scheme in the middle of a text begins a new address, but not inside a path or a query. */
const GLUED_SCHEME = /(?<=[^\s/=&?|;,])(?=https?:\/\/)/giu

/**
 * The sites of one register cell: cells hold several, with `|`, `;`, commas, white space, line
 * breaks, "and" or nothing between them, and prose or postal addresses beside them. What is no
 * host under a known top-level domain is left out; the query of an address is dropped.
 *
 *     splitWebsites('https.//a.com | www.b.io/en (upcoming)')
 *     // a.com (repaired), www.b.io with path '/en'
 */
export function splitWebsites(cell: string): Website[] {
  const sites = new Map<string, Website>()
  for (const word of cell.replace(GLUED_SCHEME, ' ').split(/[\s|]+/u)) {
    for (const piece of pieces(word)) {
      const site = websiteOf(piece)
      const key = site && site.host + (site.path ?? '')
      if (site && key && !sites.has(key)) sites.set(key, site)
      if (sites.size >= LIMITS.cellSitesMax) return [...sites.values()]
    }
  }
  return [...sites.values()]
}

/** Splits at `;` and `,`, unless what follows is no site: both may be part of a path. */
function pieces(word: string): string[] {
  const out: string[] = []
  for (const part of word.split(/(?<=[;,])/u)) {
    const last = out.length - 1
    const before = out[last]
    if (before === undefined || websiteOf(part)) out.push(part)
    else out[last] = before + part
  }
  return out
}

function websiteOf(text: string): Website | undefined {
  if (text.length > LIMITS.queryCharsMax) return undefined
  const original = unwrap(text)
  const q = parseHostQuery(original)
  // A mail address names no site.
  if (!q || (q.userinfo !== null && !original.includes('//'))) return undefined
  return {
    host: q.host,
    ...(q.path !== '' && { path: q.path }),
    original,
    ...(q.repaired && { repaired: true as const }),
  }
}
