import { addressKey } from './address.ts'
import { caip19Key, parseCaip19 } from './caip.ts'
import { allowKeys, coverKeys, type HostQuery, normaliseListedHost } from './host.ts'
import { normaliseLei } from './lei.ts'
import { askedNumberForms, listedNumberForms } from './register-number.ts'
import { txKey } from './txhash.ts'

/**
 * Look-up keys, each in its namespace. What a source lists and what a user asks meet in one of
 * these texts, so both sides are made here and nowhere else.
 *
 * | key | of |
 * | --- | --- |
 * | `a:<addressKey>` | an address, mint, wallet, token contract or party of an incident |
 * | `h:<host>` | a listed host, the host of a website |
 * | `u:<host>/<path>` | a listed path, with its query where the entry has one, without fragment |
 * | `w:<host>` · `w:*.<host>` | an allow entry, as the source wrote it |
 * | `p:<host>` | a host to protect against look-alikes |
 * | `l:<LEI>` | a Legal Entity Identifier |
 * | `r:<NUMBER>` · `r:*<NUMBER>` | a licence or register number: upper case, letters and digits
 * only; with a star, the number of a scheme without the scheme's word |
 * | `t:<hash>` | a transaction |
 * | `s:<SYMBOL>` | a token's symbol in upper case |
 * | `c:<CAIP-19>` | a token's asset, in `caip19Key`'s spelling |
 * | `v:<exchange>` | a wallet that is published as the reserve of an exchange |
 * | `x:<addressKey>` · `y:<addressKey>` | the address that an alert warns about · another of its
 * subjects: apart from `a:`, so that a service's thousand alerts crowd out no list |
 */
export const KEY = {
  address: (text: string) => `a:${addressKey(text)}`,
  lei: (text: string) => `l:${normaliseLei(text)}`,
  transaction: (text: string) => `t:${txKey(text)}`,
  symbol: (text: string) => `s:${symbolOf(text)}`,
} as const

/** Symbols are compared in upper case; full-width and other compatibility letters are unified. */
function symbolOf(text: string): string {
  return text.trim().normalize('NFKC').toUpperCase()
}

/** The keys under which an asked licence or register number is looked up. */
export function registerQueryKeys(text: string): string[] {
  return askedNumberForms(text).map((form) => `r:${form}`)
}

function registerKeys(text: string): string[] {
  return listedNumberForms(text).map((form) => `r:${form}`)
}

/** The key of an asset; `undefined` when the text is no CAIP-19. */
function assetKey(text: string): string | undefined {
  const parts = parseCaip19(text)
  return parts && `c:${caip19Key(parts)}`
}

/**
 * Every key under which an entry about the asked host may stand: what covers it (INTERFACE §3),
 * what allows it, and what protects it. In that order; the consumer tells them by their namespace.
 */
export function hostQueryKeys(q: HostQuery): string[] {
  const keys: string[] = []
  const protects: string[] = []
  for (const cover of coverKeys(q)) {
    keys.push(`${cover.how === 'path' ? 'u' : 'h'}:${cover.key}`)
    if (cover.how === 'exact' || cover.how === 'parent') protects.push(`p:${cover.key}`)
  }
  for (const allow of allowKeys(q)) keys.push(`w:${allow}`)
  keys.push(...protects)
  return keys
}

interface StatementPart {
  readonly prop: string
  readonly value: string
}

/** Members of statement values that keys are made of (docs/VOCABULARY.md). */
interface Members {
  readonly address?: unknown
  readonly mint?: unknown
  readonly host?: unknown
  readonly url?: unknown
  readonly tx?: unknown
  readonly hash?: unknown
  readonly asset?: unknown
  readonly symbol?: unknown
  readonly number?: unknown
  readonly actor?: unknown
  readonly label?: unknown
  readonly subjects?: unknown
}

/**
 * The keys under which the index stores a statement; none for a statement that only describes.
 * `parsed` is the value as JSON where the caller has it already. A value that is not what the
 * vocabulary says gives no key and no error: ingest has judged it, the index only files it.
 *
 *     keysOfStatement({ prop: 'listed', value: '{"host":"evil.top"}' })  // ['h:evil.top']
 */
export function keysOfStatement(s: StatementPart, parsed?: unknown): string[] {
  switch (s.prop) {
    case 'listed':
    case 'wallet':
    case 'involved':
      return keysOfEntry(membersOf(s, parsed))
    case 'tag':
      return keysOfTag(membersOf(s, parsed))
    case 'token':
      return keysOfToken(membersOf(s, parsed))
    case 'alert':
      return keysOfAlert(membersOf(s, parsed))
    case 'tx':
      return keyOf('t', membersOf(s, parsed).hash, txKey)
    case 'allow':
      return keyOf('w', membersOf(s, parsed).host, hostKey)
    case 'protect':
      return keyOf('p', membersOf(s, parsed).host, hostKey)
    case 'website':
      return keysOfWebsite(s.value)
    case 'leiCode':
      return keyOf('l', s.value, normaliseLei)
    case 'registrationNumber':
    case 'idNumber':
    case 'taxNumber':
    case 'imoNumber':
    case 'swiftBic':
      return registerKeys(s.value)
    case 'licence': {
      const { number } = membersOf(s, parsed)
      return typeof number === 'string' ? registerKeys(number) : []
    }
    default:
      return []
  }
}

/** Subjects are CAIP-10 ids. An operator's rule may name many: the first few are filed. */
const ALERT_SUBJECTS_MAX = 8

function keysOfAlert(m: Members): string[] {
  const subjects = Array.isArray(m.subjects) ? m.subjects.slice(0, ALERT_SUBJECTS_MAX) : []
  const accounts = subjects.map((id) => (typeof id === 'string' ? accountOf(id) : ''))
  const keys = accounts.flatMap((account, i) => keyOf(i === 0 ? 'x' : 'y', account, addressKey))
  return [...new Set([...keys, ...keyOf('t', m.tx, txKey)])]
}

function accountOf(caip10: string): string {
  return caip10.slice(caip10.lastIndexOf(':') + 1)
}

const RESERVE = /\breserves?\b/iu

function keysOfTag(m: Members): string[] {
  const keys = keysOfEntry(m)
  if (typeof m.actor !== 'string' || typeof m.label !== 'string') return keys
  return RESERVE.test(m.label) ? [...keys, ...keyOf('v', m.actor, exchangeKey)] : keys
}

/** `bitvavo`, `Bitvavo-CEX` and `bitvavo_cex` are one exchange in the spelling of several lists. */
export function exchangeKey(slug: string): string {
  return slug
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_.]+/g, '-')
    .replace(/-cex$/, '')
}

function keysOfEntry(m: Members): string[] {
  if (typeof m.address === 'string') return keyOf('a', m.address, addressKey)
  if (typeof m.host === 'string') return keyOf('h', m.host, hostKey)
  if (typeof m.url === 'string') return keysOfUrl(m.url)
  if (typeof m.mint === 'string') return keyOf('a', m.mint, addressKey)
  return keyOf('t', m.tx, txKey)
}

function keysOfToken(m: Members): string[] {
  const keys = [...keyOf('a', m.address, addressKey), ...keyOf('s', m.symbol, symbolOf)]
  const asset = typeof m.asset === 'string' ? assetKey(m.asset) : undefined
  if (asset !== undefined) keys.push(asset)
  return keys
}

/** A site is found by its host; one with a path also by that path, which is the surer match. */
function keysOfWebsite(value: string): string[] {
  const slash = value.indexOf('/')
  if (slash < 0) return keyOf('h', value, hostKey)
  return [...new Set([...keyOf('h', value.slice(0, slash), hostKey), ...keysOfUrl(value)])]
}

/** An address without a path names the whole host. */
function keysOfUrl(text: string): string[] {
  const key = urlKey(text)
  if (key === '') return []
  return [key.includes('/') ? `u:${key}` : `h:${key}`]
}

/** An empty or missing text has no key: nothing may be found by the lack of a name. */
function keyOf(namespace: string, text: unknown, make: (text: string) => string): string[] {
  if (typeof text !== 'string') return []
  const key = make(text)
  return key === '' ? [] : [`${namespace}:${key}`]
}

const PLAIN_HOST = /^[a-z0-9.*_-]+$/

/** Sources give hosts in canonical form; one that is not so yet is repaired as a row would be. */
function hostKey(text: string): string {
  if (PLAIN_HOST.test(text) && !text.endsWith('.')) return text
  const listed = normaliseListedHost(text)
  if (listed === undefined) return text.trim().toLowerCase()
  return listed.wildcard ? `*.${listed.host}` : listed.host
}

/** `host/path`, the path's case and query kept, no fragment and no slash at the end. */
function urlKey(text: string): string {
  const url =
    text
      .trim()
      .replace(/^https?:\/\//iu, '')
      .split('#', 1)[0] ?? ''
  const slash = url.indexOf('/')
  if (slash < 0) return hostKey(url)
  const path = url.slice(slash)
  return hostKey(url.slice(0, slash)) + (path.includes('?') ? path : path.replace(/\/+$/u, ''))
}

function membersOf(s: StatementPart, parsed: unknown): Members {
  const value = parsed === undefined ? parse(s.value) : parsed
  return typeof value === 'object' && value !== null ? value : {}
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
